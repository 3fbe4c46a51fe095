import { KubeAnswer } from '../../kube';
import { classifyResponse } from '@berth/plugin-berth-node';
import { Readable } from 'node:stream';
import { podPath } from './findPods';

const MAX_ERROR_BYTES = 64 * 1024;

/** Opens an answer of the API server with the token of the person. */
export type OpenAnswer = (request: {
  path: string;
  query: Record<string, string>;
  signal: AbortSignal;
}) => Promise<KubeAnswer>;

/** The log of one container. */
export interface LogRequest {
  namespace: string;
  pod: string;
  container: string;
  follow?: boolean;
  previous?: boolean;
  /** RFC 3339. */
  since?: string;
  tail?: number;
}

/**
 * Opens the log of a container, with a time before each line.
 *
 * @param cluster - its name, for messages
 * @returns the bytes of the log
 * @throws KubeError, or the reason of the signal once that is aborted
 */
export async function openLog(
  open: OpenAnswer,
  request: LogRequest,
  { cluster, signal }: { cluster: string; signal: AbortSignal },
): Promise<Readable> {
  const { namespace, pod, container, follow, previous, since, tail } = request;
  const answer = await open({
    path: `${podPath(namespace, pod)}/log`,
    query: {
      container,
      timestamps: 'true',
      ...(follow && { follow: 'true' }),
      ...(previous && { previous: 'true' }),
      ...(since !== undefined && { sinceTime: since }),
      ...(tail !== undefined && { tailLines: String(tail) }),
    },
    signal,
  });
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  // The log of a pod without a node has no text: 204.
  const isLog = answer.status === 200 || answer.status === 204;
  if (isLog && encoding === 'identity') {
    return answer.body;
  }
  try {
    throw classifyResponse(
      encoding === 'identity'
        ? { status: answer.status, body: await readError(answer.body) }
        : {
            status: 502,
            body: {
              kind: 'Status',
              message: 'the answer is compressed, which was not asked for',
            },
          },
      cluster,
    );
  } finally {
    answer.body.destroy();
  }
}

/** @returns the JSON of an answer, if it has any of a sensible size */
async function readError(body: Readable): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > MAX_ERROR_BYTES) {
      return undefined;
    }
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}
