import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmObject,
  HelmOperation,
  HelmReleaseAddress,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Loaded, Section, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { ObjectRows } from '../release/ObjectRows';

const INTERVAL = 5_000;
const MOST = 20;

/** Returns whether helm, or Berth after it, waits for the objects of the release. */
export function awaitsObjects({
  options,
  state,
  waiting,
}: HelmOperation): boolean {
  return (
    waiting === true ||
    (state === 'Running' && options.rollbackOnFailure === true)
  );
}

/** Shows the objects of a release that are not ready, while an operation waits for them. */
export function WaitedObjects({ address }: { address: HelmReleaseAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['release', address, 'objects'],
    load: () => api.listReleaseObjects(address),
    every: INTERVAL,
  });
  return (
    <Section title={t('helm.waited.title')}>
      <Loaded
        polled={polled}
        title={t('helm.objects.failed')}
        render={list => {
          const items = list.items.filter(isAwaited);
          return items.length === 0 ? (
            <Text color="secondary">{t('helm.waited.none')}</Text>
          ) : (
            <div className={styles.stack}>
              <Text as="p" variant="body-small" color="secondary">
                {items.length > MOST
                  ? t('helm.waited.some', { count: items.length, most: MOST })
                  : t('helm.objects.count', { count: items.length })}
              </Text>
              <ObjectRows address={address} items={items} most={MOST} />
            </div>
          );
        }}
      />
    </Section>
  );
}

/** Nothing waits for the end of a job, which may run for days. */
function isAwaited({ health, kind }: HelmObject): boolean {
  return (
    health === 'Degraded' ||
    health === 'Missing' ||
    (health === 'Progressing' && kind !== 'Job')
  );
}
