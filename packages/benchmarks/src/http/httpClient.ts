import { Pool } from 'undici';
import { serve } from '../process/serve';

/*
 * An HTTP client in its own process, so that it does not share the server's event loop.
 */

interface Order {
  /** URLs of one server, requested in turn and again from the first. */
  urls: string[];
  requests: number;
  /** The number of requests that run at a time. */
  connections: number;
  headers?: Record<string, string>;
  /** The CA of an https server, PEM. */
  ca?: string;
}

/** The measurements of the client. */
export interface Taken {
  /** Requests per second. */
  rate: number;
  /** Milliseconds of each request. */
  times: number[];
}

const service = {
  /** @throws Error if an answer is not 200 */
  async get({
    urls,
    requests,
    connections,
    headers,
    ca,
  }: Order): Promise<Taken> {
    const pool = new Pool(new URL(urls[0]).origin, {
      connections,
      connect: { ca },
    });
    const times: number[] = [];
    let next = 0;
    const work = async () => {
      while (next < requests) {
        const url = urls[next % urls.length];
        next += 1;
        const { pathname, search } = new URL(url);
        const began = performance.now();
        const answer = await pool.request({
          path: `${pathname}${search}`,
          method: 'GET',
          headers,
        });
        const text = await answer.body.text();
        if (answer.statusCode !== 200) {
          throw new Error(`${url} answered ${answer.statusCode}: ${text}`);
        }
        times.push(performance.now() - began);
      }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: connections }, work));
    const rate = (requests * 1000) / (performance.now() - began);
    await pool.close();
    return { rate, times };
  },
};

export type HttpClient = typeof service;

serve(service);
