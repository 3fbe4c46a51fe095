import { Pool } from 'undici';
import { serve } from '../process/serve';

/*
 * The people in their own process, so that they do not share the backend's event loop.
 */

const CONNECTIONS = 512;

/** A request by a person with a Backstage token, or by a computer that signs its body. */
export interface TokenRequest {
  path: string;
  token?: string;
  body?: string;
}

/** The same request by many people. */
export interface Load {
  /** URL of the backend. */
  url: string;
  requests: TokenRequest[];
}

/** The measurements of a load. */
export interface Answered {
  /** Requests per second, from the first until the last answer. */
  rate: number;
  /** Milliseconds of each request. */
  times: number[];
}

const service = {
  /** Sends each request at its time, whether or not the earlier ones are answered. */
  async atRate({ perSecond, ...load }: Load & { perSecond: number }) {
    return withPool(load, async (send, began) => {
      await Promise.all(
        load.requests.map(async (_, index) => {
          const due = began + (index * 1_000) / perSecond;
          await sleep(due - performance.now());
          await send(index, due);
        }),
      );
    });
  },

  /** Sends a request as soon as one of `concurrency` is answered. */
  async saturate({ concurrency, ...load }: Load & { concurrency: number }) {
    return withPool(load, async send => {
      let next = 0;
      const work = async () => {
        while (next < load.requests.length) {
          next += 1;
          await send(next - 1, performance.now());
        }
      };
      await Promise.all(Array.from({ length: concurrency }, work));
    });
  },
};

async function withPool(
  { url, requests }: Load,
  run: (
    send: (index: number, since: number) => Promise<void>,
    began: number,
  ) => Promise<void>,
): Promise<Answered> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const times: number[] = [];
  const send = async (index: number, since: number) => {
    const { path, token, body } = requests[index];
    const answer = await pool.request({
      path,
      method: 'POST',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body,
    });
    const { statusCode } = answer;
    const text = await answer.body.text();
    if (statusCode !== 201) {
      throw new Error(`${path} answered ${statusCode}: ${text}`);
    }
    times.push(performance.now() - since);
  };
  try {
    const began = performance.now();
    await run(send, began);
    const rate = (requests.length * 1_000) / (performance.now() - began);
    return { rate, times };
  } finally {
    await pool.close();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, Math.max(0, ms));
  });
}

export type LoadProcess = typeof service;

serve(service);
