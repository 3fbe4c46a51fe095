import {
  HelmChartReference,
  HelmPromotionSource,
} from '@berth/plugin-berth-common';
import pLimit from 'p-limit';
import { Caller } from '../../access/Callers';
import { Entry } from '../../access/ClusterEntries';
import { withoutAudit } from '../../access/readsEverything';
import { ClusterRecord } from '../../model/clusters';
import { failureOf } from '../../resources/failures';
import { heldNamespaces } from '../../resources/heldNamespaces';
import { openRelease, OpenedRelease } from '../operations/ReleaseAsPerson';
import { healthOf } from '../releases/health';
import { readLive } from '../releases/liveObjects';
import { readManifest } from '../releases/manifest';
import { CopyMask } from '../releases/mask';
import { DIGEST_LABEL, digestLabel, originOf } from '../releases/origin';
import { isForbidden } from '../releases/byObjects';
import { OpenedRevision } from '../releases/ReleaseReader';
import { StoredRevision } from '../releases/types';
import { HelmParts } from '../types';
import { isSourceOf, PromotionRule, rulesFor, selectorWords } from './rules';
import { durationWords } from './durationWords';

/** For all answers of one cluster. */
const DEADLINE_MS = 20_000;
const CALLS_AT_A_TIME = 8;
/** Whose content is read for one rule, on each cluster. */
const MAX_RELEASES = 20;
const MAX_NAMED = 3;

/** A chart that shall come to a cluster. */
export interface PromotedChart extends HelmChartReference {
  /** The SHA-256 of the archive, in hexadecimal. */
  digest: string;
}

/** What the rules say about a chart on a cluster. */
export interface PromotionVerdict {
  /** Why the cluster does not take the chart, for people. */
  refusals: string[];
  /** The releases that let the chart through; one for each rule. */
  sources: HelmPromotionSource[];
}

/** What is known about one rule. */
interface Findings {
  /** The clusters that were asked. */
  clusters: string[];
  /** Why releases with the chart do not count. */
  reasons: string[];
  source?: HelmPromotionSource;
}

/**
 * Decides whether a cluster takes a version of a chart: by the rules of the configuration, and by the releases on other
 * clusters that the person may read. Every call has the token of the person. What cannot be read does not count.
 */
export class Promotion {
  readonly #parts: HelmParts;
  readonly #rules: readonly PromotionRule[];
  readonly #now: () => number;
  readonly #deadlineMs: number;

  /** @param times - for tests: the time now, and how long a cluster may take for all its answers */
  constructor(
    parts: HelmParts,
    rules: readonly PromotionRule[],
    {
      now = Date.now,
      deadlineMs = DEADLINE_MS,
    }: { now?: () => number; deadlineMs?: number } = {},
  ) {
    this.#parts = parts;
    this.#rules = rules;
    this.#now = now;
    this.#deadlineMs = deadlineMs;
  }

  async check(
    caller: Caller,
    target: Pick<ClusterRecord, 'name' | 'labels'>,
    chart: PromotedChart,
    signal: AbortSignal,
  ): Promise<PromotionVerdict> {
    const verdict: PromotionVerdict = { refusals: [], sources: [] };
    const rules = rulesFor(this.#rules, target, chart.name);
    if (rules.length === 0) {
      return verdict;
    }
    const { access, namespaceAccess } = this.#parts;
    const visible = (await access.list(withoutAudit(caller))).map(
      ({ cluster }) => cluster,
    );
    const names = visible
      .filter(cluster => rules.some(rule => isSourceOf(rule, cluster)))
      .map(({ name }) => name);
    const { entered, refused } = await this.#parts.entries.enterAll(
      caller,
      names,
      'helmRead',
    );
    const held =
      names.length > 0
        ? await heldNamespaces(namespaceAccess, caller, names)
        : new Map<string, string[]>();
    for (const rule of rules) {
      const entries = entered.filter(({ cluster }) =>
        isSourceOf(rule, cluster),
      );
      const sources = visible
        .filter(cluster => isSourceOf(rule, cluster))
        .map(({ name }) => name);
      const findings: Findings = {
        clusters: entries.map(({ cluster }) => cluster.name),
        reasons: refused
          .filter(({ cluster }) => sources.includes(cluster))
          .map(({ error }) => error.message),
      };
      await Promise.all(
        entries.map(entry =>
          this.#look(
            { caller, entry, rule, chart, signal },
            held.get(entry.cluster.name) ?? [],
            findings,
          ),
        ),
      );
      if (findings.source) {
        verdict.sources.push(findings.source);
      } else {
        verdict.refusals.push(refusalOf(target.name, chart, rule, findings));
      }
    }
    return verdict;
  }

  /** Looks for a release on one cluster. The cluster fails alone. */
  async #look(
    { signal, ...others }: Asked,
    held: string[],
    findings: Findings,
  ): Promise<void> {
    const asked = {
      ...others,
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.#deadlineMs)]),
    };
    const { caller, chart, entry, rule } = asked;
    const { name: cluster } = entry.cluster;
    try {
      const candidates = await this.#candidates(asked, held);
      for (const stored of candidates.slice(0, MAX_RELEASES)) {
        if (findings.source) {
          return;
        }
        const { namespace, name: release, revision } = stored;
        const opened = openRelease(this.#parts, {
          ...{ userRef: caller.person.userRef, entry, signal: asked.signal },
          address: { cluster, namespace, release },
        });
        const read = await opened.reader.open(revision);
        if (isRelease(read, chart)) {
          const reason = await this.#reasonAgainst(rule, opened, read);
          const source = { cluster, namespace, release, revision };
          if (reason === undefined) {
            findings.source ??= source;
            return;
          }
          findings.reasons.push(`${cluster}/${namespace}/${release} ${reason}`);
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      findings.reasons.push(
        asked.signal.aborted
          ? `${cluster} did not answer within ${this.#deadlineMs / 1_000} s`
          : failureOf(error, cluster).message,
      );
    }
  }

  /** Lists the deployed releases that have the digest of the chart, those of the longest time first. */
  async #candidates(
    { caller, chart, entry, signal }: Asked,
    held: string[],
  ): Promise<StoredRevision[]> {
    const { clients, readerParts } = this.#parts;
    const { userRef, admin } = caller.person;
    const client = clients.forPerson(entry.cluster, entry.token);
    const parts = readerParts({ userRef, entry, client });
    parts.assertAllowed('secret');
    const calls = parts.openCalls(signal);
    const selector = `owner=helm,status=deployed,${DIGEST_LABEL}=${digestLabel(
      chart.digest,
    )}`;
    const list = (namespace?: string) =>
      calls.listRevisions('secret', selector, namespace);
    const releases = admin
      ? await list().catch(error => {
          // The cluster decides what an admin of the portal may list.
          if (!isForbidden(error) || held.length === 0) {
            throw error;
          }
          return listEach(held, list);
        })
      : await listEach(held, list);
    return releases.sort((a, b) =>
      (a.updatedAt ?? '') < (b.updatedAt ?? '') ? -1 : 1,
    );
  }

  async #reasonAgainst(
    { requires }: PromotionRule,
    { objects, reader }: OpenedRelease,
    { release, stored }: OpenedRevision,
  ): Promise<string | undefined> {
    const { deployedForMs = 0, healthy } = requires;
    const since = release.summary.updatedAt ?? stored.updatedAt;
    const age = since === undefined ? 0 : this.#now() - Date.parse(since);
    // Without a time in the rule, a clock that is ahead does not matter.
    if (deployedForMs > 0 && !(age >= deployedForMs)) {
      return `is deployed for ${durationWords(
        age,
      )}, and must be for ${durationWords(deployedForMs)}`;
    }
    if (!healthy) {
      return undefined;
    }
    const { signal } = reader.options.calls;
    const wanted = await readManifest(release, stored, signal);
    const live = await readLive(objects, wanted, reader.namespace, {
      judge: object => healthOf(object, new CopyMask([])).health,
    });
    const ill = live.find(
      one => one.state !== 'found' || one.judged !== 'Healthy',
    );
    return (
      ill && `is not healthy: look at ${ill.placed.kind} ${ill.placed.name}`
    );
  }
}

/** Lists namespaces. One that cannot be listed counts only if no other has a release. */
async function listEach(
  namespaces: string[],
  list: (namespace: string) => Promise<StoredRevision[]>,
): Promise<StoredRevision[]> {
  const atATime = pLimit(CALLS_AT_A_TIME);
  const failures: unknown[] = [];
  const found = await Promise.all(
    namespaces.map(namespace =>
      atATime(() =>
        list(namespace).catch(error => {
          failures.push(error);
          return [];
        }),
      ),
    ),
  );
  const releases = found.flat();
  if (releases.length === 0 && failures.length > 0) {
    throw failures[0];
  }
  return releases;
}

interface Asked {
  caller: Caller;
  entry: Entry;
  rule: PromotionRule;
  chart: PromotedChart;
  signal: AbortSignal;
}

/** The label stays if another program upgrades the release, so it counts only for the version that it names. */
function isRelease(
  { release, stored }: OpenedRevision,
  chart: PromotedChart,
): boolean {
  const { chart: summary } = release.summary;
  return (
    stored.status === 'deployed' &&
    summary?.name === chart.name &&
    summary.version === chart.version &&
    originOf(stored.labels, summary)?.digest === digestLabel(chart.digest)
  );
}

function refusalOf(
  target: string,
  { name, version }: PromotedChart,
  { from }: PromotionRule,
  { clusters, reasons }: Findings,
): string {
  const rule = `${target} takes ${name} ${version} only after the same chart is deployed on ${selectorWords(
    from,
  )}`;
  if (reasons.length > 0) {
    const more = reasons.length - MAX_NAMED;
    return `${rule}: ${reasons.slice(0, MAX_NAMED).join('; ')}${
      more > 0 ? `; and ${more} more` : ''
    }`;
  }
  return clusters.length === 0
    ? `${rule}. You cannot read releases on such a cluster. Ask a person who can, or a platform admin`
    : `${rule}. No release that you can read on ${clusters.join(
        ' or ',
      )} has it. Install it there first, from the same repository`;
}
