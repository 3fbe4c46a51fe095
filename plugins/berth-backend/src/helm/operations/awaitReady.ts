import { routeErrorOf } from '../../access/clusterCallErrors';
import { Entry } from '../../access/ClusterEntries';
import { redact } from '../../kube';
import { isRefusal } from '../runner/isRefusal';
import { ReleaseError } from '../releases/ReleaseError';
import { OperationLines } from './OperationLines';
import { ReadyPlaces } from './ReadyPlaces';
import { ReadyEnd, ReadyWatch, ReadyWatchOptions } from './ReadyWatch';
import { RunPerson } from './RunPerson';
import { OperationRecord } from './types';

/** The person's groups, shares and grants are asked again after this time while the objects are awaited. */
const ASK_AGAIN_MS = 30_000;

/** How operations wait until objects are ready. */
export type ReadySettings = Pick<
  ReadyWatchOptions,
  'pausesMs' | 'timeoutMs'
> & { places: ReadyPlaces };

/**
 * Waits until the objects of a revision are ready, with the rights that the person has meanwhile. helm has ended, so that
 * others may change the release.
 *
 * @param onWait - called before the first look
 */
export async function awaitReady(
  revision: number,
  {
    lines,
    onWait,
    operation,
    person,
    ready,
    signal,
  }: {
    lines: Pick<OperationLines, 'add'>;
    onWait: () => Promise<void>;
    operation: OperationRecord;
    person: RunPerson;
    ready: ReadySettings;
    signal: AbortSignal;
  },
): Promise<ReadyEnd> {
  const giveBack = ready.places.take(operation.person);
  if (!giveBack) {
    return { type: 'full' };
  }
  let asked: { entry: Entry; until: number } | undefined;
  const watch = new ReadyWatch({
    lines: { add: (level, text) => lines.add(level, redact(text)) },
    open: async () => {
      if (!asked || asked.until < performance.now()) {
        const entry = await person.enter();
        asked = { entry, until: performance.now() + ASK_AGAIN_MS };
      }
      return person.open(asked.entry, signal);
    },
    mayPass: error =>
      !(error instanceof ReleaseError) &&
      !isRefusal(routeErrorOf(error, operation.cluster)),
    signal,
    ...ready,
  });
  try {
    lines.add('Info', 'helm has ended. Berth waits for the objects');
    await onWait();
    return await watch.run(revision);
  } finally {
    giveBack();
  }
}
