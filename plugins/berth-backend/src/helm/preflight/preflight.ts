import { HelmPreview } from '@berth/plugin-berth-common';
import { isKubeError, PersonClient } from '../../kube';
import { ObjectCalls } from '../../resources/objects/ObjectCalls';
import { JsonRecord } from '../../resources/objects/json';
import { isForbidden } from '../releases/byObjects';
import { CopyMask } from '../releases/mask';
import { dryRunApply } from './dryRun';
import {
  NeededRight,
  PlacedObject,
  rightsForObjects,
  WrittenObjects,
} from './neededRights';
import { exceededQuotas } from './quota';
import { refusedPods } from './refusedPods';
import { reviewRights } from './reviewRights';
import { helpFor, refusalFor } from './rightWords';
import { QuotingSentence, Sentences } from './sentences';

/** What an operation does, as far as the cluster can refuse it. */
export interface PlannedWrites extends WrittenObjects {
  /** Rights that do not follow from the objects. */
  others: NeededRight[];
  /** Hides secrets in the words of the cluster. */
  copies: CopyMask;
  namespace: string;
  /** The objects that the release has now. */
  before: PlacedObject[];
}

export type Preflight = Pick<HelmPreview, 'rights' | 'conflicts'> & Sentences;

/**
 * Asks the cluster whether an operation would succeed, without writing anything.
 *
 * @throws KubeError if the cluster does not answer
 */
export async function preflight(
  { calls, client }: { calls: ObjectCalls; client: PersonClient },
  writes: PlannedWrites,
  signal: AbortSignal,
): Promise<Preflight> {
  const { cluster } = calls;
  const needed = [...writes.others, ...rightsForObjects(writes)];
  const reviewed = await reviewRights(client, needed, signal);
  const rights = reviewed.flatMap(({ allowed, ...right }) =>
    allowed === undefined
      ? []
      : [{ ...right, allowed, ...(!allowed && { help: helpFor(right) }) }],
  );
  const missing = rights.filter(({ allowed }) => !allowed);
  const unknown = reviewed.length - rights.length;
  const applied = [...writes.created, ...writes.updated];
  const all = [...applied, ...writes.deleted, ...writes.hooks];
  const mayWrite = missing.length === 0;
  const [checked, quotas, pods] = await Promise.all([
    mayWrite && writes.method === 'ssa'
      ? dryRunApply(
          { client, cluster },
          applied.filter(({ problem }) => problem === undefined),
          writes.copies,
          signal,
        )
      : { conflicts: [], warnings: [], refusals: [] },
    quotaWarnings(calls, writes),
    mayWrite ? refusedPods(client, applied, writes.copies, signal) : [],
  ]);
  return {
    rights,
    conflicts: checked.conflicts,
    warnings: [
      ...(unknown > 0
        ? [`${cluster} was not asked about ${unknown} of the rights`]
        : []),
      ...problemsOf(all, false),
      ...quotas,
      ...pods,
      ...checked.warnings,
    ],
    refusals: [
      ...missing.map(right => refusalFor(right, cluster)),
      ...problemsOf(all, true),
      ...checked.refusals,
    ],
  };
}

function problemsOf(
  objects: PlacedObject[],
  refuses: boolean,
): QuotingSentence[] {
  return objects.flatMap(({ placed: { kind, name }, problem }) =>
    problem?.refuses === refuses
      ? [
          {
            text: `${kind} ${name}: ${problem.message}`,
            forLogs: `${kind} ${name} cannot be checked. The preview in the portal has the reason`,
          },
        ]
      : [],
  );
}

async function quotaWarnings(
  calls: ObjectCalls,
  { created, updated, before, namespace }: PlannedWrites,
): Promise<string[]> {
  const inside = (objects: PlacedObject[]): JsonRecord[] =>
    objects
      .filter(({ placed }) => placed.namespace === namespace)
      .map(({ wanted }) => wanted.object);
  try {
    const kind = await calls.kind('', 'resourcequotas');
    const quotas = await calls.list(kind, { namespace });
    return exceededQuotas(
      inside(before),
      inside([...created, ...updated]),
      quotas,
    );
  } catch (error) {
    // The cluster checks the quotas in any case.
    if (isForbidden(error) || isKubeError(error)) {
      return [];
    }
    throw error;
  }
}
