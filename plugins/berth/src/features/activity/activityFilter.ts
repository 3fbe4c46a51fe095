import { ActivityFilter, ActivityOutcome } from '@berth/plugin-berth-common';

/** The periods to choose from, up to now. */
export const PERIODS = ['hour', 'day', 'week', 'all'] as const;

export type Period = (typeof PERIODS)[number];

export const OUTCOMES: readonly ActivityOutcome[] = [
  'Succeeded',
  'Failed',
  'Started',
];

const HOUR = 3_600_000;
const LENGTHS: Record<Period, number | undefined> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  all: undefined,
};

/** No filter at all. */
export const NO_FILTERS: ActivityChoice = {
  actor: '',
  group: '',
  cluster: '',
  namespace: '',
  event: '',
  outcome: 'any',
  period: 'all',
};

/** The filters of the activity as people choose them and as the address has them. */
export interface ActivityChoice {
  actor: string;
  /** Entity ref, or the text that the person typed for one. */
  group: string;
  /** Name of the cluster. */
  cluster: string;
  namespace: string;
  event: string;
  outcome: ActivityOutcome | 'any';
  period: Period;
  cursor?: string;
}

/** Reads the choice from an address; invalid values become defaults. */
export function choiceOf(parameters: URLSearchParams): ActivityChoice {
  const outcome = OUTCOMES.find(one => one === parameters.get('outcome'));
  const period = PERIODS.find(one => one === parameters.get('period'));
  return {
    actor: parameters.get('actor') ?? '',
    group: parameters.get('group') ?? '',
    cluster: parameters.get('cluster') ?? '',
    namespace: parameters.get('namespace') ?? '',
    event: parameters.get('event') ?? '',
    outcome: outcome ?? 'any',
    period: period ?? 'all',
    cursor: parameters.get('cursor') ?? undefined,
  };
}

/** Writes the choice for an address, without default values. */
export function parametersOf(choice: ActivityChoice): Record<string, string> {
  const { actor, group, cluster, namespace, event } = choice;
  const { outcome, period, cursor } = choice;
  return {
    ...(actor && { actor }),
    ...(group && { group }),
    ...(cluster && { cluster }),
    ...(namespace && { namespace }),
    ...(event && { event }),
    ...(outcome !== 'any' && { outcome }),
    ...(period !== 'all' && { period }),
    ...(cursor && { cursor }),
  };
}

/**
 * Converts the choice to the API's filter.
 *
 * @param now - milliseconds since the epoch
 */
export function filterOf(choice: ActivityChoice, now: number): ActivityFilter {
  const { group, cluster, event, outcome, period } = choice;
  const actor = actorRefOf(choice.actor);
  const namespace = choice.namespace.trim();
  const length = LENGTHS[period];
  return {
    ...(actor && { actor }),
    ...(group && { group }),
    ...(cluster && { cluster }),
    ...(namespace && { namespace }),
    ...(event && { event }),
    ...(outcome !== 'any' && { outcome }),
    ...(length && { since: new Date(now - length).toISOString() }),
  };
}

/** Converts a name, or a name with a namespace, to an entity ref. The API takes entity refs and `system:<part>`. */
export function actorRefOf(typed: string): string {
  const actor = typed.trim().toLowerCase();
  if (!actor || actor.includes(':')) {
    return actor;
  }
  return `user:${actor.includes('/') ? actor : `default/${actor}`}`;
}
