import { Pool } from 'undici';
import { Taken } from './HttpClientProcess';

interface Order {
  /** All of one server. */
  urls: string[];
  requests: number;
  connections: number;
}

async function take({ urls, requests, connections }: Order): Promise<Taken> {
  const pool = new Pool(new URL(urls[0]).origin, { connections });
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
}

process.on('message', async (order: Order) => {
  try {
    process.send!(await take(order));
  } catch (error) {
    process.send!({ error: `${error}` });
  }
});
