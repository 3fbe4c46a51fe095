import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import { HttpClient } from '../http/httpClient';
import { address, close, listen, throughMiddleware } from '../http/listen';
import { ServiceProcess } from '../process/ServiceProcess';
import { HelmRuns } from './HelmRuns';

const MB = 1024 * 1024;
const SAMPLE_MS = 25;
const AT_A_TIME = 4;

export interface FourSizes {
  /** Requests to the other route, idle and while helm runs. */
  requests: number;
}

/** Measures the memory of four operations at once, and another route of the same process meanwhile. */
export async function measureFour(
  runs: HelmRuns,
  { requests }: FourSizes,
  progress: Progress,
): Promise<Row[]> {
  const server = await listen(
    throughMiddleware('/api/berth', (_, response) => {
      response.json({ items: [] });
    }),
  );
  const client = ServiceProcess.start<HttpClient>('http/httpClient.ts');
  const get = async () => {
    const { times } = await client.call('get', {
      urls: [`${address(server)}/api/berth`],
      requests,
      connections: 1,
    });
    return times;
  };
  try {
    progress('another route, idle');
    await get();
    const idle = await get();
    progress('another route, while helm runs four times');
    let over = false;
    let count = 0;
    let highest = 0;
    const watching = (async () => {
      while (!over) {
        highest = Math.max(highest, await memoryOfHelm());
        await delay(SAMPLE_MS);
      }
    })();
    const working = Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        while (!over) {
          count += 1;
          await runs.install(`four-${count}`);
        }
      }),
    );
    const busy = await get().finally(() => {
      over = true;
    });
    await Promise.all([watching, working]);
    const [calm, loaded] = [idle, busy].map(times => percentile(times, 0.95));
    return [
      {
        what: 'four installations at once: memory of all helm together',
        median: `${(highest / MB).toFixed(0)} MB`,
        goal: { text: '≤ 400 MB', met: highest <= 400 * MB },
      },
      {
        what: 'another route, idle',
        median: milliseconds(median(idle)),
        p99: milliseconds(percentile(idle, 0.99)),
      },
      {
        what: `another route, ${count} installations, four at once`,
        median: milliseconds(median(busy)),
        p99: milliseconds(percentile(busy, 0.99)),
        ratio: loaded / calm,
        goal: { text: 'p95 ≤ 1.3 × idle', met: loaded <= 1.3 * calm },
      },
    ];
  } finally {
    await client.stop();
    await close(server);
  }
}

/** Returns the resident memory of all helm that this process runs, in bytes. */
async function memoryOfHelm(): Promise<number> {
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const sizes = await Promise.all(
    ids.map(async id => {
      const [environ, status] = await Promise.all(
        ['environ', 'status'].map(file => readProcess(id, file)),
      );
      const isOwn = status.includes(`PPid:\t${process.pid}\n`);
      const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
      return isOwn && environ.includes('/berth-helm-')
        ? Number(kilobytes) * 1024
        : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Returns nothing for a process that has ended. */
async function readProcess(id: string, file: string): Promise<string> {
  try {
    return await readFile(`/proc/${id}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
