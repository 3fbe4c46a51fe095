import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  ChangingNames,
  changingNames,
  changingNamesFor,
} from '../releases/changingNames';
import { hasCoveredContent } from '../releases/coveredContent';
import { ManifestObject } from '../releases/manifest';
import { renderedDigest } from '../releases/renderedObjects';
import { PlacedObject } from '../preflight/neededRights';
import { QuotingSentence } from '../preflight/sentences';
import { quoteUntrusted } from '../../text/quoteUntrusted';

const MAX_UNPACKED = 16 * 1024 * 1024;
const STEP = 1024 * 1024;
const MAX_WARNINGS = 20;
const SECOND_MS = 1_000;
const WORD = /[a-z0-9]+/g;

const DIFFERS_TEXT =
  'The chart renders other objects each time, so the portal will probably refuse to start the operation';
const DIFFERS: QuotingSentence = { text: DIFFERS_TEXT, forLogs: DIFFERS_TEXT };

/** What two renderings of a chart have in common. */
export interface Compared {
  changing: ChangingNames[];
  warnings: QuotingSentence[];
}

/** Returns the names of which the chart or the cluster could have made a part, because the last revision does not have them. */
export function newNames(
  old: readonly ManifestObject[],
  now: readonly ManifestObject[],
  namespace: string,
): string[] {
  const known = new Set(old.map(({ kind, name }) => `${kind}/${name}`));
  return now
    .filter(
      one =>
        !hasCoveredContent(one, namespace) &&
        !known.has(`${one.kind}/${one.name}`),
    )
    .map(({ name }) => name);
}

/**
 * Returns whether names have parts that occur neither in a chart nor in what helm gets with it: only these can differ
 * at each rendering. Of a chart with packed subcharts, more parts are unknown.
 *
 * @param given - texts that helm gets besides the chart
 */
export async function hasUnknownParts(
  names: readonly string[],
  archive: Buffer,
  given: readonly string[],
): Promise<boolean> {
  const unknown = new Set(names.flatMap(wordsIn));
  given.flatMap(wordsIn).forEach(word => unknown.delete(word));
  if (unknown.size === 0) {
    return false;
  }
  let unpacked: Buffer;
  try {
    unpacked = await promisify(gunzip)(archive, {
      maxOutputLength: MAX_UNPACKED,
    });
  } catch {
    return true;
  }
  for (let at = 0; at < unpacked.length && unknown.size > 0; at += STEP) {
    await turn();
    wordsIn(unpacked.toString('latin1', at, at + STEP)).forEach(word =>
      unknown.delete(word),
    );
  }
  return unknown.size > 0;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Waits until the clock has another second, because charts use the time as a name. */
export async function untilNextSecond(signal: AbortSignal): Promise<void> {
  await wait(SECOND_MS - (Date.now() % SECOND_MS), undefined, { signal });
}

/** Finds the names that differ between two renderings, and describes them. */
export function compareRenderings(
  first: readonly PlacedObject[],
  second: readonly ManifestObject[],
  namespace: string,
): Compared {
  const wanted = first.map(one => one.wanted);
  const digests = (changing: ChangingNames[]) =>
    [wanted, second].map(one => renderedDigest(one, namespace, changing));
  const isSame = ([one, other]: string[]) => one === other;
  if (isSame(digests([]))) {
    return { changing: [], warnings: [] };
  }
  const changing = [...wanted, ...second].some(({ problem }) => problem)
    ? undefined
    : changingNames(first, second, namespace);
  return changing && isSame(digests(changing))
    ? { changing, warnings: changing.slice(0, MAX_WARNINGS).map(described) }
    : { changing: [], warnings: [DIFFERS] };
}

/** Returns the objects whose names the operation will have, too. */
export function withoutChanging(
  placed: readonly PlacedObject[],
  changing: readonly ChangingNames[],
  namespace: string,
): PlacedObject[] {
  return placed.filter(
    ({ wanted }) => !changingNamesFor(wanted, changing, namespace),
  );
}

function described({ count, kind, stem }: ChangingNames): QuotingSentence {
  const forLogs = 'Names of objects differ at each rendering of the chart';
  const name = quoteUntrusted(`${stem}...`);
  return {
    text:
      count === 1
        ? `The name of ${kind} ${name} differs at each rendering of the chart`
        : `The names of ${count} objects of the kind ${kind} differ at each rendering of the chart: ${name}`,
    forLogs,
  };
}
