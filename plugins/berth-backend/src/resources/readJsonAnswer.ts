import {
  classifyResponse,
  KubeAnswer,
  KubeError,
  RESPONSE_TOO_LARGE,
  scanJson,
} from '@berth/plugin-berth-node';
import { PersonClient, PersonOpenRequest } from '../kube';

const MAX_ERROR_BYTES = 64 * 1024;

export interface ReadOptions {
  maxBytes: number;
  /** Changes the text before it is parsed, such as to leave parts out. */
  edit?: (json: Buffer) => Buffer;
  /** Called when the answer begins. */
  onAnswer?: () => void;
}

/**
 * Reads a JSON answer of limited size that may be edited before it is parsed.
 *
 * @throws KubeError, or the reason of `request.signal` once that is aborted
 */
export async function readJsonAnswer(
  client: PersonClient,
  request: Omit<PersonOpenRequest, 'stream'>,
  { maxBytes, edit = json => json, onAnswer }: ReadOptions,
): Promise<unknown> {
  const answer = await client.open(request);
  onAnswer?.();
  try {
    if (answer.status < 200 || answer.status >= 300) {
      throw await failureOf(answer, client.server);
    }
    assertJson(answer, client.server);
    const json = edit(await readBounded(answer, maxBytes, client.server));
    scanJson(json, client.server);
    return parse(json, client.server);
  } catch (error) {
    throw request.signal.aborted ? request.signal.reason : error;
  } finally {
    answer.body.destroy();
  }
}

async function failureOf(answer: KubeAnswer, server: string) {
  const { status, headers } = answer;
  const read = async () =>
    parse(await readBounded(answer, MAX_ERROR_BYTES, server), server);
  return classifyResponse(
    {
      status,
      retryAfter: headers['retry-after']?.toString(),
      // If the body of an error cannot be read, the status is enough.
      body: await read().catch(() => undefined),
    },
    server,
  );
}

/** Requests ask for no compression: the counted size must be the size in memory. */
function assertJson({ headers }: KubeAnswer, server: string): void {
  const encoding = String(headers['content-encoding'] ?? 'identity');
  const type = String(headers['content-type'] ?? '');
  if (encoding.toLowerCase() !== 'identity') {
    throw new KubeError(
      'Protocol',
      `${server} compresses its answers although it was asked not to`,
    );
  }
  if (!/^application\/json\b/i.test(type)) {
    throw new KubeError(
      'Protocol',
      `${server} answers with ${type || 'no content type'} instead of JSON`,
    );
  }
}

async function readBounded(
  { body }: KubeAnswer,
  maxBytes: number,
  server: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) {
        break;
      }
      chunks.push(chunk);
    }
  } catch {
    throw new KubeError('TCP', `${server} ends its answer in the middle`);
  }
  if (size > maxBytes) {
    throw new KubeError(
      'Protocol',
      `${server} answers with more than ${maxBytes} bytes`,
      { reason: RESPONSE_TOO_LARGE },
    );
  }
  return Buffer.concat(chunks, size);
}

function parse(json: Buffer, server: string): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    throw new KubeError('Protocol', `${server} answers with malformed JSON`);
  }
}
