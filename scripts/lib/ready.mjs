import { get } from 'node:http';
import { heartbeat, say } from './progress.mjs';

const POLL_MS = 500;
/** The dev server answers only when its first build is done. */
const REQUEST_TIMEOUT_MS = 120_000;

/**
 * Waits for several things, and reports which are ready and which are not.
 *
 * @param {Record<string, Promise<unknown>>} things
 */
export async function whenAllAreReady(things) {
  const waiting = new Set(Object.keys(things));
  const endHeartbeat = heartbeat(
    () => `waiting for ${[...waiting].join(', ')}`,
  );
  try {
    await Promise.all(
      Object.entries(things).map(async ([name, promise]) => {
        await promise;
        waiting.delete(name);
        say(`  ${name}: ready`);
      }),
    );
  } finally {
    endHeartbeat();
  }
}

/** Resolves when an address answers 200. Never rejects. */
export async function answers(url) {
  while ((await request(url)) !== 200) {
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

function request(url) {
  return new Promise(resolve => {
    get(url, { timeout: REQUEST_TIMEOUT_MS }, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('timeout', function timeout() {
        this.destroy();
      })
      .on('error', () => resolve(undefined));
  });
}
