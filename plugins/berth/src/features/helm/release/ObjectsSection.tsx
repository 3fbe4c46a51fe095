import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { HelmObject, HelmReleaseAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Loaded, Section, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { ObjectRows, TONES } from './ObjectRows';

const INTERVAL = 15_000;

/** Shows the objects of a release, each with its health. */
export function ObjectsSection({ address }: { address: HelmReleaseAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['release', address, 'objects'],
    load: () => api.listReleaseObjects(address),
    every: INTERVAL,
  });
  return (
    <Section title={t('helm.objects.title')}>
      <Loaded
        polled={polled}
        title={t('helm.objects.failed')}
        render={({ items }) =>
          items.length === 0 ? (
            <Text color="secondary">{t('helm.objects.none')}</Text>
          ) : (
            <ObjectTable address={address} items={items} />
          )
        }
      />
    </Section>
  );
}

function ObjectTable(props: {
  address: HelmReleaseAddress;
  items: HelmObject[];
}) {
  const { address, items } = props;
  const t = useText();
  const problems = items.filter(({ health }) => TONES[health] === 'danger');
  return (
    <div className={styles.stack}>
      <Text as="p" variant="body-small" color="secondary">
        {t('helm.objects.count', { count: items.length })}
        {problems.length > 0 &&
          ` ${t('resources.count.problems', { count: problems.length })}`}
      </Text>
      <ObjectRows address={address} items={items} />
    </div>
  );
}
