import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmObject,
  HelmObjectHealth,
  HelmReleaseAddress,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { Loaded, Section, Tone, ToneLabel, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { ReleaseObject } from './ReleaseObject';

const INTERVAL = 15_000;

const TONES: Record<HelmObjectHealth, Tone> = {
  Healthy: 'success',
  Progressing: 'pending',
  Degraded: 'danger',
  Missing: 'danger',
  Unknown: 'pending',
  Forbidden: 'pending',
};

/** The order of the objects: problems first. */
const ORDER: HelmObjectHealth[] = [
  'Degraded',
  'Missing',
  'Progressing',
  'Unknown',
  'Forbidden',
  'Healthy',
];

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
  const rankOf = ({ health }: HelmObject) => ORDER.indexOf(health);
  const problems = items.filter(({ health }) => TONES[health] === 'danger');
  const column = {
    object: t('helm.objects.object'),
    health: t('helm.objects.health'),
    message: t('helm.objects.message'),
  };
  return (
    <div className={styles.stack}>
      <Text as="p" variant="body-small" color="secondary">
        {t('helm.objects.count', { count: items.length })}
        {problems.length > 0 &&
          ` ${t('resources.count.problems', { count: problems.length })}`}
      </Text>
      <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
        {[...items]
          .sort((a, b) => rankOf(a) - rankOf(b))
          .map(item => (
            <FoldingRow
              key={[item.kind, item.namespace, item.name].join('/')}
              header={
                <ReleaseObject
                  address={address}
                  object={item}
                  isMissing={item.health === 'Missing'}
                />
              }
              cells={[
                {
                  label: column.health,
                  content: (
                    <ToneLabel
                      tone={TONES[item.health]}
                      text={t(`helm.health.${item.health}`)}
                    />
                  ),
                },
                { label: column.message, content: item.message ?? '' },
              ]}
            />
          ))}
      </FoldingTable>
    </div>
  );
}
