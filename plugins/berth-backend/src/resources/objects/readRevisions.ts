import { InputError } from '@backstage/errors';
import { RolloutRevision } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt, textAt } from './json';
import { ObjectCalls } from './ObjectCalls';
import { selectorText } from './references';
import { revisionsOfDeployment, revisionsOfSet } from './revisions';

/** @throws InputError if the kind has no revisions */
export async function readRevisions(
  calls: ObjectCalls,
  live: JsonRecord,
): Promise<RolloutRevision[]> {
  const selection = {
    namespace: textAt(live, 'metadata', 'namespace'),
    labelSelector: selectorText(recordAt(live, 'spec', 'selector')),
  };
  switch (live.kind) {
    case 'Deployment':
      return revisionsOfDeployment(
        live,
        await calls.list(await calls.kind('apps', 'replicasets'), selection),
      );
    case 'DaemonSet':
    case 'StatefulSet':
      return revisionsOfSet(
        live,
        await calls.list(
          await calls.kind('apps', 'controllerrevisions'),
          selection,
        ),
      );
    default:
      throw new InputError(
        `A ${live.kind} has no revisions; a Deployment, StatefulSet or DaemonSet has`,
      );
  }
}
