import { KubeError, RESPONSE_TOO_LARGE } from '@berth/plugin-berth-node';

const NEWLINE = 0x0a;

/**
 * Yields the lines of a stream. Buffers at most one line.
 *
 * @param server - host and port, for the message
 * @throws KubeError `Protocol` if a line is too long, or the stream ends within a line
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
  server: string,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    while (start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline;
      size += end - start;
      if (size > maxLineBytes) {
        throw new KubeError(
          'Protocol',
          `${server} sends a line of more than ${maxLineBytes} bytes`,
          { reason: RESPONSE_TOO_LARGE },
        );
      }
      parts.push(chunk.subarray(start, end));
      start = end + 1;
      if (newline >= 0) {
        const line = new Uint8Array(size);
        let offset = 0;
        for (const part of parts) {
          line.set(part, offset);
          offset += part.length;
        }
        parts = [];
        size = 0;
        yield line;
      }
    }
  }
  if (size > 0) {
    throw new KubeError('Protocol', `${server} stops in the middle of a line`);
  }
}
