import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ChartError } from './ChartError';
import { IndexedChart } from './types';

const THREAD = 'workers/chartIndex.js';

export interface IndexLimits {
  maxCharts: number;
  maxVersions: number;
  maxHeapMb: number;
  /** For each message of the thread. */
  deadlineMs: number;
}

export const INDEX_LIMITS: IndexLimits = {
  maxCharts: 20_000,
  maxVersions: 100_000,
  maxHeapMb: 768,
  deadlineMs: 60_000,
};

/**
 * Parses the index of a repository in a thread of its own, with a limited heap and a deadline. Yields the charts in
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
  const worker = new Worker(
    resolvePackagePath('@berth/plugin-berth-backend', THREAD),
    {
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      workerData: {
        maxCharts,
        maxVersions,
        patterns: patterns?.map(patternSource),
      },
    },
  );
  // A thread without memory ends while nobody waits for it, too.
  worker.on('error', () => {});
  try {
    // The buffer moves to the thread, so it must not be part of a pool.
    const own = new Uint8Array(bytes);
    worker.postMessage(own, [own.buffer]);
    for (;;) {
      const reply = await nextReply(worker, deadlineMs);
      if (reply.problem !== undefined) {
        throw unreadable(
          `${reply.problem}${reply.line ? ` (line ${reply.line})` : ''}`,
        );
      }
      if (!reply.charts) {
        return;
      }
      yield reply.charts;
      worker.postMessage('next');
    }
  } finally {
    await worker.terminate();
  }
}

interface Reply {
  charts?: IndexedChart[];
  problem?: string;
  line?: number;
}

async function nextReply(worker: Worker, deadlineMs: number): Promise<Reply> {
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const [reply] = await once(worker, 'message', { signal });
    return reply;
  } catch {
    throw unreadable(
      signal.aborted
        ? `reading it takes longer than ${deadlineMs / 1000} seconds`
        : 'reading it takes more memory than the portal gives to an index',
    );
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
