import { get } from 'node:http';

const POLL_MS = 500;
/** The dev server answers only when its first build is done. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Resolves when an address answers with 200. Never rejects. */
export async function answers(url, signal) {
  while (!signal.aborted) {
    if ((await request(url)) === 200) {
      return;
    }
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
