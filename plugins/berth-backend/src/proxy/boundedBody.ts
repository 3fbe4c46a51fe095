import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { ProxyError } from './ProxyError';

/** The bound of API servers. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

/**
 * Returns the body of a request, read as the receiver takes it.
 *
 * @param onTooLarge - called once for a body beyond the bound, before its rest would be read
 * @returns undefined if there is no body
 * @throws ProxyError for a body that says itself that it is too large
 */
export function boundedBody(
  request: IncomingMessage,
  onTooLarge: (error: ProxyError) => void,
): Readable | undefined {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > MAX_BODY_BYTES) {
    throw tooLarge();
  }
  if (length === 0 && request.headers['transfer-encoding'] === undefined) {
    return undefined;
  }
  return Readable.from(chunks(request, onTooLarge), { objectMode: false });
}

async function* chunks(
  request: IncomingMessage,
  onTooLarge: (error: ProxyError) => void,
) {
  let size = 0;
  // Without destroying the request, so that there is still an answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      const error = tooLarge();
      onTooLarge(error);
      throw error;
    }
    yield chunk;
  }
}

function tooLarge(): ProxyError {
  return new ProxyError(
    413,
    `The body of a request must be at most ${MAX_BODY_BYTES} bytes`,
  );
}
