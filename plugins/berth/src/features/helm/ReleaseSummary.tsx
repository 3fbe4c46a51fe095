import { useMemo } from 'react';
import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { Loaded, Section, ToneText, useReleaseHref, useText } from '../../kit';
import { isRefused } from '../../kit/listing';
import { helmRouteRef } from '../../routes';
import styles from './helm.module.css';
import { causeOf } from './list/releaseColumns';
import { ReleaseListing, ReleaseRow } from './list/ReleaseCollector';
import { formatReleasesQuery, NO_FILTERS } from './list/releasesQuery';
import { chartText, countStates, ordered } from './list/select';
import { useReleases } from './list/useReleases';
import { StateLabel } from './StateLabel';

/** A summary is less urgent than the list itself. */
const INTERVAL = 60_000;
/** The most releases of a namespace; the others are in the list. */
const SHOWN = 8;

/** Counts the Helm releases, and shows those with a problem; in a namespace also the others. */
export function ReleaseSummary({ place }: { place?: NamespaceAddress }) {
  const t = useText();
  const route = useRouteRef(helmRouteRef);
  const polled = useReleases(
    place ? { cluster: [place.cluster], namespace: [place.namespace] } : {},
    INTERVAL,
  );
  const search = formatReleasesQuery({
    ...NO_FILTERS,
    ...(place && {
      clusters: [place.cluster],
      namespaces: [place.namespace],
    }),
  }).toString();
  return (
    <Section
      title={t('helm.title')}
      actions={
        <Link href={`${route()}${search && `?${search}`}`} standalone>
          {t('helm.summary.showAll')}
        </Link>
      }
    >
      <Loaded
        polled={{ ...polled, value: polled.shown }}
        title={t('helm.summary.failed')}
        height={48}
        render={listing => <Summary listing={listing} place={place} />}
      />
    </Section>
  );
}

function Summary(props: { listing: ReleaseListing; place?: NamespaceAddress }) {
  const { listing, place } = props;
  const t = useText();
  const rows = useMemo(() => ordered(listing.rows, { status: '' }), [listing]);
  const { problems } = countStates(rows);
  const shown = rows.slice(0, place ? SHOWN : Math.min(SHOWN, problems));
  return (
    <div className={styles.summary}>
      <Text as="p" color="secondary" role="status">
        {countText()}
      </Text>
      {shown.length > 0 && (
        <ul className={styles.releases}>
          {shown.map(row => (
            <SummaryRow key={row.id} row={row} withPlace={!place} />
          ))}
        </ul>
      )}
    </div>
  );

  function countText() {
    const count = t('helm.count.all', {
      count: rows.length,
      number: rows.length.toLocaleString('en'),
    });
    const [failure] = listing.failures;
    if (rows.length === 0 && isRefused(listing)) {
      return t('helm.empty.forbidden.title');
    }
    if (!listing.isComplete) {
      return t('common.loading');
    }
    return [
      count,
      problems > 0 && t('resources.count.problems', { count: problems }),
      failure && `${failure.cluster}: ${t(`resources.cause.${failure.cause}`)}`,
    ]
      .filter(Boolean)
      .join(' ');
  }
}

function SummaryRow(props: { row: ReleaseRow; withPlace: boolean }) {
  const { row, withPlace } = props;
  const t = useText();
  const hrefOf = useReleaseHref();
  const { cluster, namespace, release, state } = row;
  const cause = causeOf(t, row);
  return (
    <li className={styles.release}>
      <Link
        href={hrefOf({ cluster, namespace, release: release.name })}
        standalone
      >
        {release.name}
      </Link>
      {withPlace && (
        <Text color="secondary">
          {t('pageTitle.namespace', { namespace, cluster })}
        </Text>
      )}
      {release.chart && (
        <Text color="secondary">{chartText(release.chart)}</Text>
      )}
      <StateLabel state={state} />
      {cause && state.problem && (
        <ToneText
          tone={state.problem}
          as="span"
          variant="body-small"
          title={cause}
          className={styles.cause}
        >
          {cause}
        </ToneText>
      )}
    </li>
  );
}
