import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ephemeral ports of Linux (32768 and up), which servers and connections of other tests use. */
const FROM = 20_000;
const TO = 32_000;
const ATTEMPTS = 100;

/**
 * Finds a free TCP port on loopback, in a range in which no other test is likely to take the port before it is
 * used.
 *
 * @throws Error if none of many ports is free
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error(
    `No port on 127.0.0.1 is free among ${ATTEMPTS} between ${FROM} and ${TO}`,
  );
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
