import { isKubeError } from '../../kube';
import { recordsAt, textAt } from '../../resources/objects/json';
import { copiesOf } from '../releases/compareRevisions';
import { readLive } from '../releases/liveObjects';
import { isForbidden } from '../releases/byObjects';
import {
  isKept,
  nameOf,
  PlacedObject,
  rightsForStorage,
} from '../preflight/neededRights';
import { preflight } from '../preflight/preflight';
import { UninstallCommand } from '../runner/types';
import { withoutHooks } from './changesPreview';
import { crdNames } from '../crdNames';
import { inventoryOf } from './inventory';
import {
  hooksFor,
  placedObjects,
  Plan,
  ReleaseSubject,
  RequestOf,
  shownHooks,
} from './PreviewDraft';

const UNINSTALL = ['pre-delete', 'post-delete'];

/** Prepares the removal of a release: what goes, and what stays and why. */
export async function uninstallPreview(
  subject: ReleaseSubject<RequestOf<'uninstall'>>,
): Promise<Plan<UninstallCommand>> {
  const { base, caller, request, signal } = subject;
  const { namespace, release, keepHistory, options = {} } = request;
  const { noHooks, description } = options;
  const { objects, placed } = await placedObjects(subject, base.release);
  const own = withoutHooks(placed);
  const deleted = own.filter(({ wanted }) => !isKept(wanted));
  const possible = hooksFor(placed, UNINSTALL);
  const hooks = noHooks ? [] : possible;
  const copies = copiesOf({ release: base.release, objects });
  const checked = await preflight(
    { calls: caller.objects, client: caller.client },
    {
      ...{ updated: [], created: [], deleted, hooks, before: [] },
      method: 'csa',
      copies,
      namespace,
      others: rightsForStorage('uninstall', namespace, { keepHistory }),
    },
    signal,
  );
  const claims = await readClaims(subject, deleted);
  const inventory = inventoryOf({
    objects: own,
    hooks: await remainingHooks(subject, placed, hooks),
    crds: crdNames(base.release.packed),
    claims: claims.names,
    ...{ keepHistory, namespace, release },
    revisions: (await caller.reader.revisions()).length,
  });
  return {
    draft: {
      ...checked,
      ...inventory,
      ...(hooks.length > 0 && {
        hooks: await shownHooks(placed, UNINSTALL, {
          copies,
          namespace,
        }),
      }),
      warnings: [...claims.warnings, ...checked.warnings],
    },
    // Options do not change the digest.
    written: [...deleted, ...possible],
    command: {
      ...{ kind: 'uninstall', namespace, release, keepHistory },
      ...(noHooks && { noHooks }),
      ...(description !== undefined && { description }),
    },
    decided: [keepHistory],
  };
}

/** The objects of hooks that exist, or that the uninstallation makes. */
async function remainingHooks(
  { caller, request }: ReleaseSubject,
  placed: PlacedObject[],
  running: PlacedObject[],
): Promise<PlacedObject[]> {
  const others = placed.filter(
    one => one.wanted.hook && hooksFor([one], UNINSTALL).length === 0,
  );
  const live = await readLive(
    caller.objects,
    // As objects that should exist.
    others.map(({ wanted }) => ({ ...wanted, hook: false })),
    request.namespace,
    { judge: () => undefined },
  );
  const missing = new Set(
    live
      .filter(({ state }) => state === 'missing')
      .map(one => JSON.stringify(nameOf(one))),
  );
  return [
    ...others.filter(one => !missing.has(JSON.stringify(nameOf(one)))),
    ...running,
  ];
}

/** Reads the names of the claims in the namespaces of StatefulSets that have templates for claims. */
async function readClaims(
  { caller: { objects: calls } }: ReleaseSubject,
  deleted: PlacedObject[],
): Promise<{ names: Map<string, string[]>; warnings: string[] }> {
  const names = new Map<string, string[]>();
  const warnings: string[] = [];
  const namespaces = new Set(
    deleted
      .filter(
        ({ placed, wanted }) =>
          placed.kind === 'StatefulSet' &&
          recordsAt(wanted.object, 'spec', 'volumeClaimTemplates').length > 0,
      )
      .flatMap(({ placed }) => placed.namespace ?? []),
  );
  for (const namespace of namespaces) {
    try {
      const kind = await calls.kind('', 'persistentvolumeclaims');
      const claims = await calls.listMetadata(kind, { namespace });
      names.set(
        namespace,
        claims.flatMap(claim => textAt(claim, 'metadata', 'name') ?? []),
      );
    } catch (error) {
      if (!isForbidden(error) && !isKubeError(error)) {
        throw error;
      }
      warnings.push(
        `The claims of StatefulSets in ${namespace} could not be listed. Kubernetes keeps them when a StatefulSet is deleted`,
      );
    }
  }
  return { names, warnings };
}
