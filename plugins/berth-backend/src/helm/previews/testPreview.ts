import { copiesOf } from '../releases/compareRevisions';
import { rightsForStorage } from '../preflight/neededRights';
import { preflight } from '../preflight/preflight';
import { TestCommand } from '../runner/types';
import {
  hooksFor,
  placedObjects,
  Plan,
  ReleaseSubject,
  RequestOf,
  shownHooks,
} from './PreviewDraft';

const TEST = ['test', 'test-success'];

/** Prepares the tests of a release: the hooks that the chart has for them. */
export async function testPreview(
  subject: ReleaseSubject<RequestOf<'test'>>,
): Promise<Plan<TestCommand>> {
  const { base, caller, request, signal } = subject;
  const { namespace, release } = request;
  const { objects, placed } = await placedObjects(subject, base.release);
  const hooks = hooksFor(placed, TEST);
  const copies = copiesOf({ release: base.release, objects });
  const logs = { verb: 'get', group: '', resource: 'pods/log', namespace };
  const checked = await preflight(
    { calls: caller.objects, client: caller.client },
    {
      ...{ updated: [], created: [], deleted: [], before: [], hooks },
      method: 'csa',
      copies,
      namespace,
      others: [...rightsForStorage('test', namespace), { ...logs, names: [] }],
    },
    signal,
  );
  return {
    draft: {
      ...checked,
      hooks: await shownHooks(placed, TEST, {
        copies,
        namespace,
      }),
      refusals: [
        ...(hooks.length === 0
          ? [`The chart of ${release} has no tests: no hook for "test"`]
          : []),
        ...checked.refusals,
      ],
    },
    written: hooks,
    command: { kind: 'test', namespace, release },
    decided: [],
  };
}
