import { useState } from 'react';
import { Alert, Box, Button } from '@backstage/ui';
import { Moment } from '../Moment';
import { useText } from '../useText';
import { FailureGroup, groupFailures } from './failures';
import { RowListing } from './RowCollector';
import styles from './listing.module.css';

/** The most failures in words; the others are counted. */
const SHOWN = 6;

/**
 * Says in one place which clusters and namespaces are missing from a list, and why. A person can dismiss it, until
 * something else fails.
 */
export function FailureBanner(props: {
  listing: RowListing;
  onRetry: () => void;
  isRetrying: boolean;
}) {
  const { listing, onRetry, isRetrying } = props;
  const t = useText();
  const [dismissed, setDismissed] = useState('');
  const groups = groupFailures(listing.failures);
  const signature = JSON.stringify(
    groups.map(({ cluster, cause, namespaces }) => [
      cluster,
      cause,
      namespaces,
    ]),
  );
  if (groups.length === 0 || dismissed === signature) {
    return null;
  }
  const failed = new Set(groups.map(({ cluster }) => cluster)).size;
  const total = Object.keys(listing.clusters).length;
  return (
    <Box mb="3">
      <Alert
        role="status"
        status="warning"
        icon
        title={t('resources.failures.title', {
          failed: String(failed),
          count: Math.max(total, failed),
        })}
        description={<FailureList groups={groups} />}
        customActions={
          <div className={styles.failureActions}>
            <Button
              size="small"
              variant="tertiary"
              onPress={onRetry}
              isPending={isRetrying}
            >
              {t('common.retry')}
            </Button>
            <Button
              size="small"
              variant="tertiary"
              onPress={() => setDismissed(signature)}
            >
              {t('resources.failures.dismiss')}
            </Button>
          </div>
        }
      />
    </Box>
  );
}

/** Shows which parts of something over clusters are missing, and why. */
export function FailureList({ groups }: { groups: readonly FailureGroup[] }) {
  const t = useText();
  return (
    <ul className={styles.failures}>
      {groups.slice(0, SHOWN).map(group => (
        <li key={`${group.cluster} ${group.cause}`}>
          <Failure group={group} />
        </li>
      ))}
      {groups.length > SHOWN && (
        <li>
          {t('resources.failures.rest', { count: groups.length - SHOWN })}
        </li>
      )}
    </ul>
  );
}

/** The most names of namespaces in a line. */
const NAMES = 4;

/** Shows which part of a list is missing, and why. */
function Failure({ group }: { group: FailureGroup }) {
  const { cluster, namespaces, cause, message, rowsFrom } = group;
  const t = useText();
  const names = namespaces.slice(0, NAMES).join(', ');
  const rest = namespaces.length - NAMES;
  return (
    <>
      <strong>{cluster}</strong>
      {names && ` (${names}${rest > 0 ? ` +${rest}` : ''})`}
      {': '}
      {t(`resources.cause.${cause}`)} {message}
      {rowsFrom !== undefined && (
        <>
          {' '}
          {t('resources.failures.rowsFrom', {
            when: <Moment at={rowsFrom} />,
          })}
        </>
      )}
    </>
  );
}
