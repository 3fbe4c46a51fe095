import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { HelmDrift, HelmReleaseAddress } from '@berth/plugin-berth-common';
import { RiCheckboxCircleLine } from '@remixicon/react';
import { berthApiRef } from '../../../api';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import {
  Loaded,
  Notice,
  RefreshControl,
  Section,
  ToneText,
  useText,
} from '../../../kit';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { ReleaseObject } from './ReleaseObject';

/** Shows which fields of the manifest have another value on the cluster. */
export function DriftTab({ address }: { address: HelmReleaseAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  // Compares on demand: it reads every object of the release.
  const polled = usePolled({
    key: ['release', address, 'drift'],
    load: () => api.getReleaseDrift(address),
  });
  return (
    <Section
      title={t('helm.drift.title')}
      actions={<RefreshControl polled={polled} />}
    >
      <Loaded
        polled={polled}
        title={t('helm.drift.failed')}
        render={drift => <Drift address={address} drift={drift} />}
      />
    </Section>
  );
}

function Drift(props: { address: HelmReleaseAddress; drift: HelmDrift }) {
  const { address, drift } = props;
  const { items, unreadable } = drift;
  const t = useText();
  return (
    <div className={styles.stack}>
      {items.length === 0 && unreadable.length === 0 && (
        <Notice
          role="status"
          icon={RiCheckboxCircleLine}
          tone="success"
          title={t('helm.drift.none')}
        >
          <Text color="secondary">{t('helm.drift.hint')}</Text>
        </Notice>
      )}
      {items.length === 0 && unreadable.length > 0 && (
        <Text>{t('helm.drift.noneReadable')}</Text>
      )}
      {items.length > 0 && (
        <>
          <Text as="p" color="secondary">
            {t('helm.drift.hint')}
          </Text>
          {items.map(item => (
            <DriftedObject
              key={[item.kind, item.namespace, item.name].join('/')}
              address={address}
              item={item}
            />
          ))}
        </>
      )}
      {unreadable.length > 0 && (
        <div>
          <Text as="p">{t('helm.drift.unreadable')}</Text>
          <ul>
            {unreadable.map(({ kind, name, message }) => (
              <li key={`${kind}/${name}`}>
                {kind} {name}: {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function DriftedObject(props: {
  address: HelmReleaseAddress;
  item: HelmDrift['items'][number];
}) {
  const { address, item } = props;
  const t = useText();
  const column = {
    field: t('helm.drift.field'),
    wanted: t('helm.drift.wanted'),
    found: t('helm.drift.found'),
  };
  return (
    <div className={styles.drift}>
      <ReleaseObject address={address} object={item} isMissing={item.missing} />
      {item.missing ? (
        <ToneText tone="danger" as="p">
          {t('helm.drift.missing')}
        </ToneText>
      ) : (
        <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
          {item.fields.map(({ path, wanted, found }) => (
            <FoldingRow
              key={path}
              header={<span className={styles.code}>{path}</span>}
              cells={[
                {
                  label: column.wanted,
                  content: <Value text={wanted} />,
                },
                { label: column.found, content: <Value text={found} /> },
              ]}
            />
          ))}
        </FoldingTable>
      )}
    </div>
  );
}

function Value({ text }: { text?: string }) {
  const t = useText();
  return text === undefined ? (
    <Text color="secondary">{t('helm.drift.unset')}</Text>
  ) : (
    <span className={styles.code}>{text}</span>
  );
}
