import { Pool } from 'undici';
import { Taken } from './HttpClientProcess';

const CONNECTIONS = 16;

/** Asks as often as it is told, by as many connections as a busy fleet of API servers has open. */
async function take(url: string, requests: number): Promise<Taken> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const times: number[] = [];
  let left = requests;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      const answer = await pool.request({ path: pathname, method: 'GET' });
      await answer.body.text();
      if (answer.statusCode !== 200) {
        throw new Error(`${url} answered ${answer.statusCode}`);
      }
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const rate = (requests * 1000) / (performance.now() - began);
  await pool.close();
  return { rate, times };
}

process.on(
  'message',
  async ({ url, requests }: { url: string; requests: number }) => {
    try {
      process.send!(await take(url, requests));
    } catch (error) {
      process.send!({ error: `${error}` });
    }
  },
);
