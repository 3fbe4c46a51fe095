import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ActivityEntry,
  ActivityFilter,
  ActivityOutcome,
  Page,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useUrlQuery } from '../../kit/hooks';
import {
  Paging,
  formatPaging,
  pageRequestOf,
  parsePaging,
} from '../../kit/list';
import { PolledPage, usePolledPage } from '../../kit/query';

const INTERVAL = 30_000;

/** The place of the activity; all places if empty. */
export interface ActivityPlace {
  /** Name of the cluster. */
  cluster?: string;
  /** Name of the namespace; all of the cluster if absent. */
  namespace?: string;
}

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
export const NO_FILTERS = {
  actor: '',
  group: '',
  cluster: '',
  namespace: '',
  event: '',
  outcome: 'any',
  period: 'all',
} as const;

/** The filters and the page of the activity, as people choose them and as the URL has them. */
export interface ActivityChoice extends Paging {
  actor: string;
  /** Entity ref, or the text that the person typed for one. */
  group: string;
  /** Name of the cluster. */
  cluster: string;
  namespace: string;
  event: string;
  outcome: ActivityOutcome | 'any';
  period: Period;
}

/** Reads the choice from the URL; ignores invalid values. */
export function parseChoice(parameters: URLSearchParams): ActivityChoice {
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
    ...parsePaging(parameters),
  };
}

/** Writes the choice for the URL, without default values. */
export function formatChoice(choice: ActivityChoice): URLSearchParams {
  const { actor, group, cluster, namespace, event } = choice;
  const { outcome, period } = choice;
  return new URLSearchParams({
    ...(actor && { actor }),
    ...(group && { group }),
    ...(cluster && { cluster }),
    ...(namespace && { namespace }),
    ...(event && { event }),
    ...(outcome !== 'any' && { outcome }),
    ...(period !== 'all' && { period }),
    ...formatPaging(choice),
  });
}

/** Returns whether a filter is set. */
export function isFiltered(choice: ActivityChoice): boolean {
  const names = Object.keys(NO_FILTERS) as (keyof typeof NO_FILTERS)[];
  return names.some(name => choice[name] !== NO_FILTERS[name]);
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

/** The activity of a place, as the URL filters it. */
export interface Activity {
  choice: ActivityChoice;
  change: (change: Partial<ActivityChoice>) => void;
  list: PolledPage<Page<ActivityEntry>>;
}

/** Reads the activity of a place; only the latest page is polled. */
export function useActivity({ cluster, namespace }: ActivityPlace): Activity {
  const api = useApi(berthApiRef);
  // The place determines some filters.
  const parse = useCallback(
    (parameters: URLSearchParams) => ({
      ...parseChoice(parameters),
      ...(cluster && { cluster: '' }),
      ...(namespace && { namespace: '' }),
    }),
    [cluster, namespace],
  );
  const [choice, change] = useUrlQuery(parse, formatChoice);
  const list = usePolledPage({
    key: ['activity', cluster, namespace, choice],
    load: () => {
      const query = {
        ...filterOf(choice, Date.now()),
        ...(namespace && { namespace }),
        ...pageRequestOf(choice),
      };
      return cluster
        ? api.listClusterActivity(cluster, query)
        : api.listActivity(query);
    },
    every: choice.cursor ? undefined : INTERVAL,
  });
  return { choice, change, list };
}
