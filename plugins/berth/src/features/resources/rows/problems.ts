import { CellValue, isNothing } from './cells';

/** How bad a problem is, and the column that shows it. */
export interface RowProblem {
  tone: 'danger' | 'warning';
  column: string;
}

/** Words of Kubernetes and of common controllers for what does not work. */
const BAD =
  /BackOff|^Err|Error|Failed|^Failure|Evicted|OOMKilled|ContainerCannotRun|DeadlineExceeded|Invalid|Unschedulable|^NotReady|^Lost$|^Unknown$|^Degraded|^Unhealthy|^Unavailable|^Stalled|^NodeLost|^NodeAffinity|^OutOf(?!Sync)|UnexpectedAdmissionError|^StartError|^Missing$/i;

/** Words for what is on its way, and may be stuck there. */
const WAITING =
  /^Pending|^<pending>$|ContainerCreating|PodInitializing|^Init:|Terminating|^Released$|SchedulingDisabled|Pressure|NetworkUnavailable|^Progressing$|^OutOfSync$|^Suspended$|^NotTriggerScaleUp|SchedulingGated/;

/** Words for a container that ended well, and need not be ready. */
const ENDED = /^(?:Completed|Succeeded|Complete)$/;

const RATIO = /^(\d+)\/(\d+)$/;

/** Columns whose word is about the state of the object. */
const STATE_COLUMNS = [
  'Status',
  'State',
  'Phase',
  'Health Status',
  'Sync Status',
];

/** Columns of conditions: `False` is a problem. */
const CONDITION_COLUMNS = [
  'Ready',
  'Available',
  'Healthy',
  'Synced',
  'Established',
];

/** Returns what the column of a problem says, with the name of the column where the value alone says little. */
export function problemText(
  { column }: RowProblem,
  cell: (name: string) => CellValue | undefined,
): string {
  const value = String(cell(column) ?? '');
  return STATE_COLUMNS.includes(column) ? value : `${column} ${value}`;
}

/** Returns the word about the state of an object, which the status filter uses. */
export function statusOf(
  cell: (column: string) => CellValue | undefined,
): string | undefined {
  for (const column of STATE_COLUMNS) {
    const found = cell(column);
    if (typeof found === 'string' && !isNothing(found)) {
      return found;
    }
  }
  return undefined;
}

/** Returns what is wrong with an object, by the cells of its row; undefined if nothing seems wrong. */
export function problemOfRow(
  cell: (column: string) => CellValue | undefined,
): RowProblem | undefined {
  for (const column of STATE_COLUMNS) {
    const word = cell(column);
    if (typeof word === 'string') {
      if (BAD.test(word)) {
        return { tone: 'danger', column };
      }
      if (ENDED.test(word)) {
        return undefined;
      }
      if (WAITING.test(word)) {
        return { tone: 'warning', column };
      }
    }
  }
  if (cell('External-IP') === '<pending>') {
    return { tone: 'warning', column: 'External-IP' };
  }
  return notReady(cell) ?? failedCondition(cell);
}

/** Compares what is ready with what is wanted: `1/2`, or columns of numbers. */
function notReady(
  cell: (column: string) => CellValue | undefined,
): RowProblem | undefined {
  const ready = cell('Ready');
  const ratio = typeof ready === 'string' ? RATIO.exec(ready) : undefined;
  const [has, wants] = ratio
    ? [Number(ratio[1]), Number(ratio[2])]
    : [ready, cell('Desired')];
  if (typeof has !== 'number' || typeof wants !== 'number' || has >= wants) {
    return undefined;
  }
  return { tone: has === 0 ? 'danger' : 'warning', column: 'Ready' };
}

function failedCondition(
  cell: (column: string) => CellValue | undefined,
): RowProblem | undefined {
  for (const column of CONDITION_COLUMNS) {
    const word = cell(column);
    if (word === 'False' || word === false) {
      return { tone: 'danger', column };
    }
    if (word === 'Unknown') {
      return { tone: 'warning', column };
    }
  }
  return undefined;
}
