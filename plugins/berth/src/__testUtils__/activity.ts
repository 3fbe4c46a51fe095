import { ActivityEntry, ActivityQuery, Page } from '@berth/plugin-berth-common';
import { minutesAgo } from './fixtures';
import { pageFrom } from './pageFrom';

/** An entry of the activity log. */
export function anEntry(changes: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    id: '01K9ZB4N7Q2M8R00000000001',
    at: minutesAgo(5),
    actor: 'user:default/ada',
    event: 'cluster-share',
    outcome: 'Succeeded',
    cluster: 'prod01',
    groups: ['group:default/team-a'],
    ...changes,
  };
}

/** Enough entries of all kinds for several pages, the latest first. */
export function busyDay(cluster: string): ActivityEntry[] {
  const kinds: Partial<ActivityEntry>[] = [
    {
      event: 'token-mint',
      actor: 'user:default/alice',
      jti: '3f6c1a52-8d0e-4c7b-9a35-1e2f3a4b5c6d',
    },
    { event: 'cluster-share' },
    {
      event: 'cluster-update',
      groups: [],
      outcome: 'Failed',
      error:
        'apiServer "https://10.0.0.9:6443" is refused: it is not the same cluster, as its kube-system namespace has another UID',
    },
    {
      event: 'share-reconcile',
      actor: 'system:reconciler',
      namespace: 'team-a',
    },
    { event: 'cluster-check', groups: [], outcome: 'Started' },
  ];
  return Array.from({ length: 120 }, (_, index) =>
    anEntry({
      id: `01K9ZB4N7Q2M8R${String(1000 - index).padStart(12, '0')}`,
      at: minutesAgo(2 + index * 7),
      cluster,
      ...kinds[index % kinds.length],
    }),
  );
}

/** One page of the matching entries. */
export function activityPageOf(
  entries: ActivityEntry[],
  query: ActivityQuery,
): Page<ActivityEntry> {
  const matching = entries.filter(
    entry =>
      (!query.actor || entry.actor === query.actor) &&
      (!query.namespace || entry.namespace === query.namespace) &&
      (!query.event || [query.event].flat().includes(entry.event)) &&
      (!query.outcome || entry.outcome === query.outcome) &&
      (!query.cluster ||
        [query.cluster].flat().includes(entry.cluster ?? '')) &&
      (!query.group ||
        [query.group].flat().some(group => entry.groups.includes(group))) &&
      (!query.since || entry.at >= query.since) &&
      (!query.until || entry.at < query.until),
  );
  return pageFrom(matching, query);
}
