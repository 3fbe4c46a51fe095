import { ResourceFailure } from '@berth/plugin-berth-common';
import { Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { StreamLimits } from '../access/StreamLimits';
import { failureOf } from './failures';
import { LineWriter } from './LineWriter';

/** How many clusters are listed at the same time. */
export const LISTED_AT_A_TIME = {
  clusters: 32,
  /** In milliseconds. After this time, a cluster that answers nothing holds no place of another one. */
  silence: 1_000,
};

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
 *
 * @throws StreamLimitError if the person has too many streams
 */
export async function streamClusters<Line extends object, Part>(
  response: Response,
  options: {
    /** What to list on each cluster. */
    parts: Part[];
    refused: { cluster: string; error: unknown }[];
    /** The answer counts as a stream of this person. */
    userRef: string;
    streams: Pick<StreamLimits, 'addPerson'>;
    /** Describes a part in the first line. */
    startOf(part: Part): { name: string; namespaces?: string[] };
    /** Namespaces of a part that the person asks for and does not hold. */
    failuresOf?(part: Part): ResourceFailure[];
    /** Writes the lines of a cluster. It throws only what is not about the cluster. */
    list(part: Part, lines: ClusterLines<Line>): Promise<void>;
  },
): Promise<void> {
  const { parts, refused, startOf, failuresOf, list } = options;
  const release = options.streams.addPerson(options.userRef);
  const lines = new LineWriter(response);
  const write = (line: FrameLine | Line) => lines.write(line);
  const listPart = async (part: Part, partLines: ClusterLines<Line>) => {
    for (const failure of failuresOf?.(part) ?? []) {
      await write({ type: 'failed', ...failure });
    }
    await list(part, partLines);
  };
  try {
    await write({ type: 'start', clusters: parts.map(startOf) });
    for (const { cluster, error } of refused) {
      await write({ type: 'failed', cluster, ...failureOf(error, cluster) });
    }
    const atATime = pLimit(LISTED_AT_A_TIME.clusters);
    await Promise.all(
      parts.map(async part => {
        let listed: Promise<void> | undefined;
        let isSilent = true;
        await atATime(() => {
          listed = listPart(part, {
            signal: lines.signal,
            write: line => {
              isSilent = false;
              return write(line);
            },
          });
          return Promise.race([
            listed,
            delay(LISTED_AT_A_TIME.silence, undefined, { ref: false }).then(
              () => (isSilent ? undefined : listed),
            ),
          ]);
        });
        await listed;
      }),
    );
    await write({ type: 'end' });
    lines.end();
  } catch (error) {
    if (!lines.signal.aborted) {
      lines.breakOff();
      throw error;
    }
  } finally {
    release();
  }
}
