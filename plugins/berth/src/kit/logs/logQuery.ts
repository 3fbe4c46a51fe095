import { LogQuery } from '@berth/plugin-berth-common';

export const SINCE = ['all', '5m', '15m', '1h', '6h', '24h', '7d'] as const;
export const TAILS = [100, 500, 1_000, 5_000, 20_000] as const;

export type Since = (typeof SINCE)[number];

/** What a person chose to see of a log. All of it is in the URL. */
export interface LogChoice {
  /** Empty for all containers. */
  container: string;
  previous: boolean;
  since: Since;
  tail: number;
  follow: boolean;
  timestamps: boolean;
  wrap: boolean;
  search: string;
}

export const DEFAULT_CHOICE: LogChoice = {
  container: '',
  previous: false,
  since: 'all',
  tail: 500,
  follow: true,
  timestamps: false,
  wrap: true,
  search: '',
};

const SWITCHES = ['previous', 'follow', 'timestamps', 'wrap'] as const;
const MINUTES: Record<Exclude<Since, 'all'>, number> = {
  '5m': 5,
  '15m': 15,
  '1h': 60,
  '6h': 360,
  '24h': 1_440,
  '7d': 10_080,
};

/** Reads the choice from the URL. */
export function parseLogChoice(parameters: URLSearchParams): LogChoice {
  const since = parameters.get('since');
  const tail = Number(parameters.get('tail'));
  const choice = {
    ...DEFAULT_CHOICE,
    container: parameters.get('container') ?? '',
    search: parameters.get('search') ?? '',
    since: SINCE.find(one => one === since) ?? DEFAULT_CHOICE.since,
    tail: TAILS.find(one => one === tail) ?? DEFAULT_CHOICE.tail,
  };
  for (const name of SWITCHES) {
    const value = parameters.get(name);
    if (value === 'true' || value === 'false') {
      choice[name] = value === 'true';
    }
  }
  return choice;
}

/** Writes the URL parameters of a choice, without default values. */
export function formatLogChoice(choice: LogChoice): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of Object.keys(DEFAULT_CHOICE) as (keyof LogChoice)[]) {
    if (choice[name] !== DEFAULT_CHOICE[name]) {
      parameters.set(name, String(choice[name]));
    }
  }
  return parameters;
}

/** Returns the query for the backend, except for what only changes the look. */
export function logQueryOf(
  { container, follow, previous, since, tail }: LogChoice,
  now: number,
): Omit<LogQuery, 'download' | 'namespace' | 'resume'> {
  return {
    tail,
    ...(container && { container }),
    ...(previous ? { previous } : follow && { follow }),
    ...(since !== 'all' && {
      since: new Date(now - MINUTES[since] * 60_000).toISOString(),
    }),
  };
}
