import { createIssuerHandler, ISSUER_PATH, JWKS_PATH } from '../backend';
import { milliseconds, perSecond } from '../harness/measureRounds';
import { median, percentile, ratio } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import type { HttpClient } from '../http/httpClient';
import { address, close, listen, throughMiddleware } from '../http/listen';
import { ISSUER, startPortal } from './startPortal';
import { ServiceProcess } from '../process/ServiceProcess';

const ROUNDS = 20;
const REQUESTS = 500;
/** As many connections as a busy fleet of API servers has. */
const CONNECTIONS = 16;

/** Measures requests for the JWKS by another process. */
export async function measureKeys(progress: Progress): Promise<Row[]> {
  const portal = await startPortal('RS256');
  const { jwks } = await portal.keyRing.publishedKeys();
  const body = Buffer.from(JSON.stringify(jwks));
  const bare = await listen((_, response) => {
    response.setHeader('Content-Type', 'application/json').end(body);
  });
  const handler = createIssuerHandler({
    issuer: ISSUER,
    keyRing: portal.keyRing,
  });
  const ours = await listen(throughMiddleware(ISSUER_PATH, handler));
  const client = ServiceProcess.start<HttpClient>('http/httpClient.ts');
  try {
    const urls = [bare, ours].map(
      server => `${address(server)}${ISSUER_PATH}${JWKS_PATH}`,
    );
    await assertSameAnswers(urls);
    const rates: number[][] = [[], []];
    const times: number[][] = [[], []];
    for (let round = 0; round <= ROUNDS; round += 1) {
      progress(`JWKS: round ${round} of ${ROUNDS}`);
      for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const taken = await client.call('get', {
          urls: [urls[index]],
          requests: REQUESTS,
          connections: CONNECTIONS,
        });
        if (round > 0) {
          rates[index].push(taken.rate);
          times[index].push(...taken.times);
        }
      }
    }
    const row = (what: string, index: number): Row => ({
      what,
      median: perSecond(median(rates[index])),
      p99: milliseconds(percentile(times[index], 0.99)),
    });
    return [
      row('JWKS, bare node:http', 0),
      { ...row('JWKS', 1), ratio: ratio(rates[1], rates[0]) },
    ];
  } finally {
    await client.stop();
    await Promise.all([bare, ours].map(close));
    await portal.stop();
  }
}

async function assertSameAnswers(urls: string[]): Promise<void> {
  const answers = await Promise.all(
    urls.map(async url => (await fetch(url)).text()),
  );
  if (new Set(answers).size !== 1) {
    throw new Error(`${urls.join(' and ')} give different answers`);
  }
}
