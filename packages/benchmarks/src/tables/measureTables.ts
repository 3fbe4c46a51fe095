import { People } from 'e2e-tests';
import { milliseconds } from '../harness/measureRounds';
import { median, percentile, ratio } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import { actions, openList } from './actions';
import { startPortal } from './startPortal';

/** Rows on a page; the first is the default of the pages. */
const SIZES = [20, 100];

export interface TableSizes {
  namespaces: number;
  rounds: number;
}

/** Measures the actions on a page of each size, in turns. */
export async function measureTables(
  { namespaces, rounds }: TableSizes,
  progress: Progress,
): Promise<Row[]> {
  const portal = await startPortal(namespaces, progress);
  const people = await People.start(portal.url);
  try {
    const page = await people.signIn('Ada Lindqvist');
    const times = new Map<string, number[]>();
    for (let round = 0; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`);
      for (const size of SIZES) {
        await openList(page, size);
        for (const [what, act] of Object.entries(actions)) {
          const time = await act(page);
          const key = `${what} ${size}`;
          if (round > 0) {
            times.set(key, [...(times.get(key) ?? []), time]);
          }
        }
      }
    }
    return Object.keys(actions).flatMap(what => rowsOf(what, times));
  } finally {
    await people.stop();
    await portal.stop();
  }
}

function rowsOf(what: string, times: Map<string, number[]>): Row[] {
  const [few, many] = SIZES.map(size => times.get(`${what} ${size}`)!);
  return [
    row(`${what}, ${SIZES[0]} rows`, few),
    {
      ...row(`${what}, ${SIZES[1]} rows`, many),
      ratio: ratio(few, many),
    },
  ];
}

function row(what: string, times: number[]): Row {
  return {
    what,
    median: milliseconds(median(times)),
    p99: milliseconds(percentile(times, 0.99)),
  };
}
