import { milliseconds } from '../harness/measureRounds';
import { median, percentile, ratio } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import type { LogsApiServer } from './apiServer';
import type { LogPipe } from './pipe';
import type { LogsPortal } from './portal';
import type { LogsReader, ReadLogs } from './reader';

const GOAL = 1.5;
/** Batches are 50 ms apart, and a line waits up to 100 ms for an earlier one of a log that is quiet. */
const DELAY_GOAL_MS = 250;

export interface LogSizes {
  rounds: number;
  pods: number;
  /** Of each pod. */
  perSecond: number;
  /** How long the logs are followed in each round. */
  seconds: number;
  /** Lines of each pod that are there already. */
  backlog: number;
}

interface Side {
  /** Reads what the API server is prepared for. */
  read(lines: number): Promise<ReadLogs>;
  startMeter(): Promise<void>;
  usedTime(): Promise<number>;
  backlogs: number[];
  processor: number[];
  delays: number[];
}

/** Measures the logs of many pods through the portal and through a bare pipe, in turns. */
export async function measureLogs(
  sizes: LogSizes,
  progress: Progress,
): Promise<Row[]> {
  const server = ServiceProcess.start<LogsApiServer>('logs/apiServer.ts');
  const portal = ServiceProcess.start<LogsPortal>('logs/portal.ts');
  const pipe = ServiceProcess.start<LogPipe>('logs/pipe.ts');
  const reader = ServiceProcess.start<LogsReader>('logs/reader.ts');
  try {
    const { pods } = sizes;
    const target = await server.call('start', sizes);
    const sideOf = (
      between: ServiceProcess<LogsPortal> | ServiceProcess<LogPipe>,
      url: string,
      json: boolean,
    ): Side => {
      const process = between as ServiceProcess<LogsPortal>;
      return {
        read: lines => reader.call('read', { url, lines, json }),
        startMeter: () => process.call('startMeter', undefined as never),
        usedTime: () => process.call('usedTime', undefined as never),
        backlogs: [],
        processor: [],
        delays: [],
      };
    };
    const sides = [
      sideOf(pipe, await pipe.call('start', { ...target, pods }), false),
      sideOf(portal, await portal.call('start', target), true),
    ];
    const measure = async (side: Side, lines: number, atOnce: boolean) => {
      await server.call('prepare', { lines, atOnce });
      await side.startMeter();
      const read = await side.read(lines * pods);
      if (read.lines !== lines * pods) {
        throw new Error(`${read.lines} of ${lines * pods} lines arrived`);
      }
      return { ...read, processor: await side.usedTime() };
    };
    for (let round = 0; round <= sizes.rounds; round += 1) {
      progress(`round ${round} of ${sizes.rounds}`);
      for (const side of round % 2 ? sides : [...sides].reverse()) {
        const backlog = await measure(side, sizes.backlog, true);
        const lines = sizes.perSecond * sizes.seconds;
        const followed = await measure(side, lines, false);
        if (round > 0) {
          side.backlogs.push(backlog.all);
          side.processor.push(followed.processor / (followed.all / 1_000));
          side.delays.push(...followed.delays);
        }
      }
    }
    return rowsOf(sides[0], sides[1], sizes);
  } finally {
    await Promise.all([server, portal, pipe, reader].map(one => one.stop()));
  }
}

function rowsOf(bare: Side, portal: Side, sizes: LogSizes): Row[] {
  const { backlog, perSecond, pods } = sizes;
  const all = (pods * backlog).toLocaleString('en-US');
  const waiting = `${all} lines of ${pods} pods at once`;
  const followed = `${pods} pods × ${perSecond} lines/s`;
  const processor = ratio(portal.processor, bare.processor);
  return [
    {
      what: `${waiting}: bare pipe`,
      median: milliseconds(median(bare.backlogs)),
    },
    {
      what: `${waiting}: portal`,
      median: milliseconds(median(portal.backlogs)),
      ratio: ratio(portal.backlogs, bare.backlogs),
    },
    {
      what: `${followed}, processor time each second: bare pipe`,
      median: milliseconds(median(bare.processor)),
    },
    {
      what: `${followed}, processor time each second: portal`,
      median: milliseconds(median(portal.processor)),
      ratio: processor,
      goal: { text: `≤ ${GOAL} × bare`, met: processor <= GOAL },
    },
    {
      what: `${followed}, delay of a line: bare pipe`,
      median: milliseconds(median(bare.delays)),
      p99: milliseconds(percentile(bare.delays, 0.99)),
    },
    {
      what: `${followed}, delay of a line: portal`,
      median: milliseconds(median(portal.delays)),
      p99: milliseconds(percentile(portal.delays, 0.99)),
      goal: {
        text: `p99 ≤ ${DELAY_GOAL_MS} ms`,
        met: percentile(portal.delays, 0.99) <= DELAY_GOAL_MS,
      },
    },
  ];
}
