import { Bench } from '../harness/types';
import { LogSizes, measureLogs } from './measureLogs';

/** `npm run bench -- logs`. */
export const logs: Bench = {
  name: 'logs',
  summary:
    'How fast the portal merges the logs of the pods of a workload, compared with a process that passes their bytes on.',
  sizes: { rounds: 5, pods: 20, perSecond: 500, seconds: 5, backlog: 10_000 },
  run: async (progress, sizes) => ({
    rows: await measureLogs(sizes as unknown as LogSizes, progress),
    notes: [
      'The API server, the portal, the pipe and the client are processes of their own. Lines have about 150 bytes. First, the logs have all their lines already, and are read as fast as possible. Then each container writes its lines in groups of 10 ms, and the logs are followed. The bare pipe opens the same logs, and writes their bytes to one answer in the order in which they arrive. The portal also cuts the bytes into lines, drops lines that the client has, sorts all lines by their times, and writes JSON in batches of 50 ms; the client parses it. A line waits for earlier lines of other logs, which the pipe does not sort; at the end of a finished part, the portal waits 100 ms for more. At the rate of the second part, both sides take as long as the containers write, so the goal is for the processor time. Ratios compare times, so less is better.',
    ],
  }),
};
