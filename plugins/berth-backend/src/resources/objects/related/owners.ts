import { groupVersionOf, JsonRecord, recordsAt, textAt } from '../json';
import { KindName, RelatedReader } from './RelatedReader';

/** Such as pod, Job, CronJob. */
const MAX_LEVELS = 4;
const MAX_OWNERS = 20;

/** Adds the owners of an object, and their owners. */
export async function addOwners(
  reader: RelatedReader,
  live: JsonRecord,
): Promise<void> {
  let objects = [live];
  let left = MAX_OWNERS;
  for (let level = 0; level < MAX_LEVELS && objects.length > 0; level++) {
    const references = objects
      .flatMap(object => recordsAt(object, 'metadata', 'ownerReferences'))
      .slice(0, left);
    left -= references.length;
    const owners = await Promise.all(
      references.map(reference => addOwner(reader, reference)),
    );
    objects = owners.filter(owner => owner !== undefined);
  }
}

async function addOwner(
  reader: RelatedReader,
  reference: JsonRecord,
): Promise<JsonRecord | undefined> {
  const name = textAt(reference, 'name');
  const found = await kindOf(reader, reference);
  if (name === undefined || !found) {
    return undefined;
  }
  return reader.addOne('owner', found, {
    name,
    uid: textAt(reference, 'uid'),
    namespace: reader.namespace,
  });
}

async function kindOf(
  reader: RelatedReader,
  reference: JsonRecord,
): Promise<KindName | undefined> {
  const { group } = groupVersionOf(textAt(reference, 'apiVersion'));
  return reader.kindNamed(group, textAt(reference, 'kind') ?? '');
}
