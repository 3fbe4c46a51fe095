import { KubeError } from './KubeError';

/** `reason` of the error of a body beyond the bound. */
export const RESPONSE_TOO_LARGE = 'ResponseTooLarge';

/** The parts of an answer that decide how its body is read. */
export interface BodyHeaders {
  'content-type'?: string | string[];
  'content-encoding'?: string | string[];
}

/**
 * Reads a JSON body of bounded size. Compression is not asked for, so a compressed body is refused
 * unread: what is counted is what will be in memory.
 *
 * @param server - host and port, for the message
 * @throws KubeError `Protocol`
 */
export async function readJson(
  body: AsyncIterable<Uint8Array>,
  headers: BodyHeaders,
  maxBytes: number,
  server: string,
): Promise<unknown> {
  assertPlainJson(headers, server);
  return parseJson(await readBounded(body, maxBytes, server), server);
}

/**
 * Judges a body by its headers.
 *
 * @throws KubeError `Protocol` if it is compressed or no JSON
 */
export function assertPlainJson(headers: BodyHeaders, server: string): void {
  const encoding = String(headers['content-encoding'] ?? 'identity');
  if (encoding.toLowerCase() !== 'identity') {
    throw new KubeError(
      'Protocol',
      `${server} compresses its answers (${encoding}) although it was asked not to`,
    );
  }
  const type = String(headers['content-type'] ?? '');
  if (!/^application\/json\b/i.test(type)) {
    throw new KubeError(
      'Protocol',
      `${server} answers with ${
        type || 'no content type'
      } instead of JSON; this is not the address of a Kubernetes API server`,
    );
  }
}

async function readBounded(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  server: string,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new KubeError(
        'Protocol',
        `${server} answers with more than ${maxBytes} bytes`,
        { reason: RESPONSE_TOO_LARGE },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * @throws KubeError `Protocol` if the text is no JSON
 */
export function parseJson(text: string, server: string): unknown {
  try {
    // An own property of this name would set the prototype of whatever it is assigned to later. Its
    // letters may be escaped; API servers themselves escape only < > &.
    return /__proto__|\\u00[5-7]/i.test(text)
      ? JSON.parse(text, (key, value) =>
          key === '__proto__' ? undefined : value,
        )
      : JSON.parse(text);
  } catch {
    throw new KubeError('Protocol', `${server} answers with malformed JSON`);
  }
}
