import { ResourceFailure } from '@berth/plugin-berth-common';
import { Response } from 'express';
import pLimit from 'p-limit';
import { failureOf } from './failures';
import { LineWriter } from './LineWriter';

const CLUSTERS_AT_A_TIME = 16;

/** The lines of every answer about several clusters. */
type FrameLine =
  | { type: 'start'; clusters: { name: string; namespaces?: string[] }[] }
  | ({ type: 'failed' } & ResourceFailure)
  | { type: 'end' };

/** Where the lines of one cluster go. */
export interface ClusterLines<Line> {
  /** Is aborted when the person goes. */
  signal: AbortSignal;
  /** Writes a line, and waits while the person reads slowly. */
  write(line: Line): Promise<void>;
}

/**
 * Answers with lines about several clusters: the clusters, those that the person cannot enter, what each of the others
 * has, and the end. An answer without its end is not complete.
 */
export async function streamClusters<Line extends object, Part>(
  response: Response,
  options: {
    /** What to list on each cluster. */
    parts: Part[];
    refused: { cluster: string; error: unknown }[];
    /** Describes a part in the first line. */
    startOf(part: Part): { name: string; namespaces?: string[] };
    /** Writes the lines of a cluster. It throws only what is not about the cluster. */
    list(part: Part, lines: ClusterLines<Line>): Promise<void>;
  },
): Promise<void> {
  const { parts, refused, startOf, list } = options;
  const lines = new LineWriter(response);
  const write = (line: FrameLine | Line) => lines.write(line);
  try {
    await write({ type: 'start', clusters: parts.map(startOf) });
    for (const { cluster, error } of refused) {
      await write({ type: 'failed', cluster, ...failureOf(error, cluster) });
    }
    const atATime = pLimit(CLUSTERS_AT_A_TIME);
    await Promise.all(
      parts.map(part =>
        atATime(() => list(part, { signal: lines.signal, write })),
      ),
    );
    await write({ type: 'end' });
    lines.end();
  } catch (error) {
    if (!lines.signal.aborted) {
      lines.breakOff();
      throw error;
    }
  }
}
