import { useState } from 'react';
import { Button, Link, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { HelmOperation, HelmReleaseAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Loaded, Moment, Section, useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { usePolledPage } from '../../../kit/query';
import { Person } from '../../../kit/request/parts';
import styles from '../helm.module.css';
import { useOperationHref } from './address';
import { OperationStateLabel } from './OperationStateLabel';
import { useOperationTitle } from './useOperationTitle';

const INTERVAL = 5_000;
const PAGE_SIZE = 50;

/** Lists the operations on a release, the latest first. */
export function OperationsTab({ address }: { address: HelmReleaseAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const [cursor, setCursor] = useState<string>();
  const polled = usePolledPage({
    key: ['release', address, 'operations', cursor ?? ''],
    load: () =>
      api.listHelmOperations({
        ...address,
        limit: PAGE_SIZE,
        ...(cursor && { cursor }),
      }),
    every: INTERVAL,
  });
  const { previous, next } = polled.shown ?? {};
  return (
    <Section title={t('helm.operations.title')}>
      <Loaded
        polled={{ ...polled, value: polled.shown }}
        title={t('helm.operations.failed')}
        render={({ items }) =>
          items.length === 0 ? (
            <Text color="secondary">{t('helm.operations.none')}</Text>
          ) : (
            <OperationTable address={address} operations={items} />
          )
        }
      />
      {(previous !== undefined || next !== undefined) && (
        <div className={styles.rowLinks}>
          <Button
            variant="secondary"
            isDisabled={previous === undefined}
            onPress={() => setCursor(previous)}
          >
            {t('helm.operations.newer')}
          </Button>
          <Button
            variant="secondary"
            isDisabled={next === undefined}
            onPress={() => setCursor(next)}
          >
            {t('helm.operations.older')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function OperationTable(props: {
  address: HelmReleaseAddress;
  operations: HelmOperation[];
}) {
  const { address, operations } = props;
  const t = useText();
  const hrefOf = useOperationHref();
  const titleOf = useOperationTitle();
  const column = {
    operation: t('helm.operations.operation'),
    state: t('helm.column.status'),
    revision: t('helm.column.revision'),
    who: t('helm.operations.startedBy'),
    when: t('helm.operations.started'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {operations.map(operation => (
        <FoldingRow
          key={operation.id}
          header={
            <Link href={hrefOf(address, operation.id)} standalone>
              {titleOf(operation)}
            </Link>
          }
          cells={[
            {
              label: column.state,
              content: <OperationStateLabel operation={operation} />,
            },
            {
              label: column.revision,
              content: operation.revision ?? '',
            },
            {
              label: column.who,
              content: <Person actor={operation.startedBy} />,
            },
            {
              label: column.when,
              content: <Moment at={operation.createdAt} />,
            },
          ]}
        />
      ))}
    </FoldingTable>
  );
}
