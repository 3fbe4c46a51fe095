import pLimit from 'p-limit';
import { isKubeError, KubeError, PersonClient } from '../../kube';
import { objectPath } from '../../kube/objectPath';
import { failureOf } from '../../resources/failures';
import { applicable } from '../../resources/apply/readDocuments';
import { JsonRecord } from '../../resources/objects/json';
import { isSecret } from '../../resources/objects/secrets';
import {
  managerConflictsOf,
  withoutSecretValues,
} from '../../resources/objects/writeErrors';
import { CopyMask } from '../releases/mask';
import { PlacedObject } from './neededRights';
import { Sentences, withoutRepeated } from './sentences';

const MAX_OBJECTS = 100;
const CALLS_AT_A_TIME = 6;
const MAX_TEXT = 500;
const MAX_CONFLICTS = 200;
/** The owner of the fields that Helm applies. */
const HELM = 'helm';
/** JSON is YAML. API servers before 1.32 accept no other type for it. */
const APPLY_PATCH = 'application/apply-patch+yaml';

/** What the cluster says about objects that it does not write yet. */
export interface DryRun extends Sentences {
  conflicts: { object: string; field: string; manager: string }[];
}

/**
 * Asks the cluster to apply objects as Helm does by server-side apply, without writing them. The cluster checks the
 * fields that others own, quotas, policies and the objects themselves.
 *
 * @param objects - at most 100 are checked
 * @param copies - hides secrets in the words of the cluster
 */
export async function dryRunApply(
  { client, cluster }: { client: PersonClient; cluster: string },
  objects: PlacedObject[],
  copies: CopyMask,
  signal: AbortSignal,
): Promise<DryRun> {
  const result: DryRun = { conflicts: [], warnings: [], refusals: [] };
  const atATime = pLimit(CALLS_AT_A_TIME);
  const shown = (text: string) => copies.text(text).slice(0, MAX_TEXT);
  const check = async ({ wanted, placed }: PlacedObject) => {
    const name = `${placed.kind} ${placed.name}`;
    try {
      await apply(client, { wanted, placed }, signal, text => {
        if (!isSecret(wanted.object)) {
          result.warnings.push({
            text: `${name}: ${shown(text)}`,
            forLogs: `The cluster warns of ${name}. The preview in the portal has its words`,
          });
        }
      });
    } catch (error) {
      const safe = isSecret(wanted.object) ? withoutSecretValues(error) : error;
      const found = isKubeError(safe, 'Conflict')
        ? managerConflictsOf(safe)
        : [];
      if (found.length > 0) {
        found.forEach(({ field, manager }) =>
          result.conflicts.push({ object: name, field, manager }),
        );
        return;
      }
      signal.throwIfAborted();
      const { message } = failureOf(safe, cluster);
      const refuses = isKubeError(safe) && isRefusal(safe);
      (refuses ? result.refusals : result.warnings).push({
        text: `${name}: ${shown(message)}`,
        forLogs: `The cluster does not accept ${name}. The preview in the portal has its words`,
      });
    }
  };
  await Promise.all(
    objects.slice(0, MAX_OBJECTS).map(object => atATime(() => check(object))),
  );
  if (objects.length > MAX_OBJECTS) {
    result.warnings.push(
      `Only the first ${MAX_OBJECTS} of ${objects.length} objects were checked on ${cluster}`,
    );
  }
  return {
    conflicts: result.conflicts.slice(0, MAX_CONFLICTS),
    warnings: withoutRepeated(result.warnings),
    refusals: withoutRepeated(result.refusals),
  };
}

/** The cluster also refuses dry runs for reasons that do not hold for the write, such as a webhook without them. */
function isRefusal({ failure, status, message }: KubeError): boolean {
  return (
    failure === 'Forbidden' ||
    (failure === 'Invalid' && status === 422) ||
    (status === 400 && !/dry.?run/i.test(message))
  );
}

async function apply(
  client: PersonClient,
  { wanted: { object }, placed }: PlacedObject,
  signal: AbortSignal,
  onWarning: (text: string) => void,
): Promise<void> {
  const { apiVersion, kind, name, namespace, plural = '' } = placed;
  const resource = {
    ...{ apiVersion, kind, plural },
    namespaced: namespace !== undefined,
  };
  const content: JsonRecord = applicable(object, namespace);
  await client.request({
    method: 'PATCH',
    path: objectPath(resource, { name, namespace }),
    query: { fieldManager: HELM, dryRun: 'All' },
    body: { contentType: APPLY_PATCH, content },
    signal,
    onWarning,
  });
}
