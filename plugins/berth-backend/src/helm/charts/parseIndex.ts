import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ParserError, ParserPool } from '@berth/plugin-berth-node';
import { ChartError } from './ChartError';
import { IndexedChart } from './types';

const PARSER = 'workers/chartIndex.js';

export interface IndexLimits {
  maxCharts: number;
  maxVersions: number;
  maxHeapMb: number;
  /** For each part of the answer. */
  deadlineMs: number;
}

export const INDEX_LIMITS: IndexLimits = {
  maxCharts: 20_000,
  maxVersions: 100_000,
  maxHeapMb: 768,
  deadlineMs: 60_000,
};

/** A part of the answer of the parser. */
interface IndexPart {
  problem?: string;
  line?: number;
  charts?: IndexedChart[];
  /** More versions of the last chart. */
  versions?: IndexedChart['versions'];
}

/**
 * Parses the index of a repository in a process of its own, with a limited heap and a deadline. Yields the charts in
 * parts, so that the event loop has its turn between two of them.
 *
 * @param patterns - the charts to return; all by default
 * @throws ChartError without any text of the index
 */
export async function* parseIndex(
  bytes: Uint8Array,
  patterns?: string[],
  limits: IndexLimits = INDEX_LIMITS,
): AsyncGenerator<IndexedChart[]> {
  const { maxCharts, maxVersions, maxHeapMb, deadlineMs } = limits;
  const file = resolvePackagePath('@berth/plugin-berth-backend', PARSER);
  const pool = new ParserPool({
    parser: `require(${JSON.stringify(file)})`,
    maxHeapMb,
  });
  const settings = {
    maxCharts,
    maxVersions,
    patterns: patterns?.map(patternSource),
  };
  let charts: IndexedChart[] | undefined;
  try {
    for await (const part of pool.run({ bytes, settings, deadlineMs })) {
      const { problem, line, charts: next, versions } = part as IndexPart;
      if (problem !== undefined) {
        throw unreadable(`${problem}${line ? ` (line ${line})` : ''}`);
      }
      if (next) {
        if (charts) {
          yield charts;
        }
        charts = next;
      } else {
        charts?.at(-1)?.versions.push(...(versions ?? []));
      }
    }
  } catch (error) {
    throw error instanceof ParserError
      ? unreadable(ruleOf(error, deadlineMs))
      : error;
  }
  if (charts) {
    yield charts;
  }
}

function ruleOf({ reason }: ParserError, deadlineMs: number): string {
  switch (reason) {
    case 'Deadline':
      return `reading it takes longer than ${deadlineMs / 1000} seconds`;
    case 'Ended':
      return 'reading it takes more memory than the portal gives to an index';
    default:
      return 'the process that reads it does not work';
  }
}

function unreadable(rule: string): ChartError {
  return new ChartError(`The index.yaml cannot be read: ${rule}`);
}

/** Converts a name with `*` to the source of a regular expression. */
export function patternSource(pattern: string): string {
  const parts = pattern
    .split('*')
    .map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return `^${parts.join('.*')}$`;
}
