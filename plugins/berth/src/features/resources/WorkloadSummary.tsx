import { useMemo } from 'react';
import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { ToneText, useText } from '../../kit';
import { PROBLEMS } from '../../kit/listing';
import { useObjectHref } from '../../kit/objectRoute';
import { tabOfKind } from '../../kit/resourceTabs';
import { resourcesRouteRef } from '../../routes';
import { KindAddress, KnownKind, parseKind, pluralOf } from './kinds';
import { DEFAULT_QUERY, formatResourcesQuery } from './resourcesQuery';
import { layoutOf } from './rows/layout';
import { countStatuses, judge, JudgedRow, ordered } from './rows/select';
import { Listings, useListings } from './rows/useListings';
import styles from './WorkloadSummary.module.css';

/** The kinds that are counted: what runs. */
const RUNNING = [
  'apps/deployments',
  'apps/statefulsets',
  'apps/daemonsets',
  'batch/jobs',
  'core/pods',
] as const satisfies readonly KnownKind[];

/** What a namespace loses on deletion, besides what runs. */
const KEPT = [
  'core/persistentvolumeclaims',
  'core/services',
] as const satisfies readonly KnownKind[];
const ALL: readonly KnownKind[] = [...RUNNING, ...KEPT];

/** The most problems of a kind in words; the others are in the list of the kind. */
const SHOWN = 3;

/** Counts what runs in a namespace, and shows what does not work. */
export function WorkloadSummary(
  props: NamespaceAddress & {
    /** Whether to count claims and services, too. */
    withKept?: boolean;
  },
) {
  const { withKept = false, ...place } = props;
  const { cluster, namespace } = place;
  const counted = withKept ? ALL : RUNNING;
  const { value: listings = {} } = useListings(counted, {
    cluster: [cluster],
    namespace: [namespace],
  });
  return (
    <ul className={styles.kinds}>
      {counted.map(kind => (
        <KindSummary
          key={kind}
          kind={kind}
          place={place}
          listed={listings[kind] ?? {}}
        />
      ))}
    </ul>
  );
}

function KindSummary(props: {
  kind: KnownKind;
  place: NamespaceAddress;
  listed: NonNullable<Listings[KnownKind]>;
}) {
  const { kind, place, listed } = props;
  const { listing, error } = listed;
  const { cluster, namespace } = place;
  const t = useText();
  const route = useRouteRef(resourcesRouteRef);
  const address = parseKind(kind)!;
  const rows = useMemo(() => {
    const layout = layoutOf(listing?.columns ?? {});
    return ordered(judge(listing?.rows ?? [], layout), { status: '' }, layout);
  }, [listing]);
  const { problems } = countStatuses(rows);
  const href = (status: string) =>
    `${route()}/${tabOfKind(kind)}?${formatResourcesQuery({
      ...DEFAULT_QUERY,
      kind,
      clusters: [cluster],
      namespaces: [namespace],
      status,
    })}`;
  const [failure] = listing?.failures ?? [];
  const label = t(`resources.kinds.${pluralOf(kind)}`);
  return (
    <li className={styles.kind}>
      <Link href={href('')} standalone>
        {label}
      </Link>
      {failure && rows.length === 0 ? (
        <Text color="secondary">{t(`resources.cause.${failure.cause}`)}</Text>
      ) : (
        <Text color="secondary">{countText()}</Text>
      )}
      {problems > 0 && (
        <>
          <Link href={href(PROBLEMS)} standalone>
            {t('resources.summary.problems', { count: problems })}
          </Link>
          <ul className={styles.problems}>
            {rows.slice(0, Math.min(SHOWN, problems)).map(row => (
              <Problem key={row.id} kind={address} row={row} />
            ))}
          </ul>
        </>
      )}
    </li>
  );

  function countText() {
    if (listing?.isComplete) {
      return rows.length.toLocaleString('en');
    }
    return error ? t('common.unknown') : '…';
  }
}

function Problem({ kind, row }: { kind: KindAddress; row: JudgedRow }) {
  const hrefOf = useObjectHref();
  const { cluster, namespace, name, problem, problemText } = row;
  return (
    <li>
      <Link href={hrefOf({ ...kind, cluster, namespace, name })} standalone>
        {name}
      </Link>
      {': '}
      <ToneText tone={problem?.tone ?? 'warning'} as="span">
        {problemText}
      </ToneText>
    </li>
  );
}
