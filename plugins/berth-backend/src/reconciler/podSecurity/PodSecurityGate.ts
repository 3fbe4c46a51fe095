import { ConflictError, toError } from '@backstage/errors';
import { PodSecurityWait } from '@berth/plugin-berth-common';
import { KubeClient, NAMESPACES, redact } from '../../kube';
import { keyOf, keyText } from '../keys';
import { concernsWholeCluster } from '../problems';
import { enforcedLevel, withLevelOf } from '../profiles/podSecurity';
import {
  DesiredSubject,
  FencingToken,
  NamespaceObject,
  Observed,
} from '../types';
import { DryRuns } from './DryRuns';
import { Raise, RaiseFacts, raisesToTry } from './raises';
import { PodSecurityStore } from './types';

/** The number of pods that are listed for a namespace, as the API server sends one warning for a kind of problem. */
const MAX_WARNINGS = 20;
const MAX_WARNING_LENGTH = 500;

const UNFINISHED =
  'The dry run has not ended yet. Berth looks again within a minute';

export interface GateRun extends RaiseFacts {
  fencingToken: FencingToken;
  client: Pick<KubeClient, 'dryRunApply'>;
  signal: AbortSignal;
}

/**
 * Decides which namespaces get a higher enforced level of Pod Security in a pass. Running pods stay when a level is
 * raised, and are refused when they start again, possibly much later. So the API server first says by a dry run which
 * pods would fail. A namespace with such pods waits until they meet the level, or until an admin lets it go ahead. One
 * cluster at a time gets higher levels.
 */
export class PodSecurityGate {
  readonly #store: PodSecurityStore;
  readonly #now: () => Date;
  readonly #dryRuns: DryRuns;

  constructor(
    store: PodSecurityStore,
    now: () => Date = () => new Date(),
    dryRuns: DryRuns = new DryRuns(),
  ) {
    this.#store = store;
    this.#now = now;
    this.#dryRuns = dryRuns;
  }

  /** @returns the subjects, in which waiting namespaces keep their level, and whether any waits */
  async pass(
    run: GateRun,
  ): Promise<{ wanted: DesiredSubject[]; waiting: boolean }> {
    const { fencingToken, wanted, observed } = run;
    const known = await this.#store.list(fencingToken.clusterId);
    const raises = raisesToTry(fencingToken.clusterId, run);
    if (raises.length === 0) {
      if (known.length > 0) {
        await this.#store.replace(fencingToken, []);
        await this.#store.endTurn(fencingToken);
      }
      return { wanted, waiting: false };
    }
    const other = await this.#store.takeTurn(fencingToken);
    const { waits, failed }: Tried =
      other === undefined
        ? await this.#try(run, raises, known)
        : {
            waits: raises.map(one =>
              this.#wait(one, [
                `${other} gets higher levels now; the clusters get them one after the other`,
              ]),
            ),
          };
    await this.#store.replace(fencingToken, waits);
    const held =
      other === undefined
        ? waits.filter(({ confirmedBy }) => confirmedBy === undefined)
        : waits;
    // A cluster that answers no dry run must not keep the others from their levels.
    if (held.length === 0 || failed) {
      await this.#store.endTurn(fencingToken);
    }
    return {
      wanted: lowered(
        wanted,
        observed,
        new Set(held.map(one => one.namespace)),
      ),
      waiting: waits.length > 0,
    };
  }

  /** Returns the subjects as the last pass wanted them, for a plan that people see. */
  async peek(clusterId: string, facts: RaiseFacts): Promise<DesiredSubject[]> {
    const { wanted, observed } = facts;
    const known = await this.#store.list(clusterId);
    const held = new Set(
      known
        .filter(({ confirmedBy }) => confirmedBy === undefined)
        .map(({ namespace }) => namespace),
    );
    const raises = raisesToTry(clusterId, facts).map(
      one => one.wanted.metadata.name,
    );
    return lowered(
      wanted,
      observed,
      new Set(raises.filter(name => held.has(name))),
    );
  }

  /** Returns the namespaces that wait. */
  async waiting(clusterId: string): Promise<PodSecurityWait[]> {
    return this.#store.list(clusterId);
  }

  /**
   * Lets a level go ahead in namespaces, by the word of an admin.
   *
   * @throws ConflictError if one of them does not wait for this level
   */
  async confirm(
    clusterId: string,
    wanted: { level: string; namespaces: string[] },
    by: string,
  ): Promise<void> {
    const confirmed = await this.#store.confirm(clusterId, wanted, by);
    const others = wanted.namespaces.filter(one => !confirmed.includes(one));
    if (others.length > 0) {
      throw new ConflictError(
        `namespaces holds ${others.join(
          ', ',
        )}, where nothing waits for the level ${
          wanted.level
        } now; read the plan again`,
      );
    }
  }

  /**
   * Returns the waits, and those that an admin confirmed: they last until the level is applied. If the cluster answers no
   * dry run, all others wait.
   */
  async #try(
    { client, fencingToken, signal }: GateRun,
    raises: Raise[],
    known: PodSecurityWait[],
  ): Promise<Tried> {
    const { clusterId } = fencingToken;
    const tried = raises.map(raise => ({
      raise,
      key: dryRunKey(clusterId, raise),
      before: known.find(
        ({ namespace, level }) =>
          namespace === raise.wanted.metadata.name &&
          level === enforcedLevel(raise.wanted),
      ),
    }));
    const open = tried.filter(
      ({ before }) => before?.confirmedBy === undefined,
    );
    try {
      const results = await this.#dryRuns.results(
        clusterId,
        open.map(({ key, raise }) => ({
          key,
          run: () => warningsOf(client, raise, signal),
        })),
        signal,
      );
      const waits = tried.flatMap(({ raise, key, before }) => {
        if (before?.confirmedBy !== undefined) {
          return [before];
        }
        const warnings = results.get(key);
        if (warnings === undefined) {
          return [this.#wait(raise, before?.warnings ?? [UNFINISHED])];
        }
        return warnings.length > 0 ? [this.#wait(raise, warnings)] : [];
      });
      return { waits };
    } catch (error) {
      signal.throwIfAborted();
      const warnings = [failureOf(error)];
      const waits = tried.map(({ raise, before }) =>
        before?.confirmedBy !== undefined
          ? before
          : this.#wait(raise, warnings),
      );
      return { waits, failed: true };
    }
  }

  #wait(raise: Raise, warnings: string[]): PodSecurityWait {
    return waitOf(raise, warnings, this.#now());
  }
}

interface Tried {
  waits: PodSecurityWait[];
  /** Whether the cluster answers no dry run. */
  failed?: boolean;
}

function dryRunKey(clusterId: string, { wanted, actual }: Raise): string {
  const { uid } = actual.metadata;
  return JSON.stringify([clusterId, uid, enforcedLevel(wanted)]);
}

/** Describes a namespace that waits. What a cluster sends is bounded. */
export function waitOf(
  { wanted }: Raise,
  warnings: string[],
  now: Date,
): PodSecurityWait {
  return {
    namespace: wanted.metadata.name,
    level: enforcedLevel(wanted),
    warnings: warnings
      .slice(0, MAX_WARNINGS)
      .map(text => text.slice(0, MAX_WARNING_LENGTH)),
    since: now.toISOString(),
  };
}

/** Returns the subjects, in which waiting namespaces keep the level that they have. */
export function lowered(
  subjects: DesiredSubject[],
  { objects }: Pick<Observed, 'objects'>,
  waiting: ReadonlySet<string>,
): DesiredSubject[] {
  return subjects.map(subject => {
    const { namespace } = subject;
    const actual = objects.get(keyText(keyOf(namespace)));
    return actual && waiting.has(namespace.metadata.name)
      ? { ...subject, namespace: withLevelOf(namespace, actual) }
      : subject;
  });
}

/** Returns the warnings of the API server. A dry run that fails is a warning, too. */
export async function warningsOf(
  client: GateRun['client'],
  { wanted, actual }: Raise,
  signal: AbortSignal,
): Promise<string[]> {
  const { uid } = actual.metadata;
  try {
    return await client.dryRunApply<NamespaceObject>(
      NAMESPACES,
      { ...wanted, metadata: { ...wanted.metadata, uid } },
      { signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (concernsWholeCluster(error)) {
      throw error;
    }
    return [failureOf(error)];
  }
}

function failureOf(error: unknown): string {
  return `The dry run failed: ${redact(toError(error).message)}`;
}
