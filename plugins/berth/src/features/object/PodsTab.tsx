import { Alert, Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RiBox3Line } from '@remixicon/react';
import {
  BerthApi,
  ObjectAddress,
  ObjectView,
  ResourceColumn,
  ResourceFailure,
  ResourceRow,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { FoldingRow, FoldingTable } from '../../kit/FoldingTable';
import { Loaded, Notice, Section, useText } from '../../kit';
import { usePolled } from '../../kit/query';
import { ObjectLink } from './parts';
import { podSelectorOf } from './selector';

const INTERVAL = 10_000;

interface Pods {
  columns: ResourceColumn[];
  rows: ResourceRow[];
  failures: ResourceFailure[];
  /** Whether the workload has more pods than these. */
  isPart: boolean;
}

/** Shows the pods of a workload. */
export function PodsTab(props: { address: ObjectAddress; view: ObjectView }) {
  const { address, view } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const selector = podSelectorOf(address.plural, view.object);
  const polled = usePolled({
    key: ['object', address, 'pods', selector],
    load: () => loadPods(api, address, selector),
    every: INTERVAL,
  });
  return (
    <Loaded
      polled={polled}
      title={t('object.pods.failed')}
      render={({ columns, rows, failures, isPart }) => (
        <Flex direction="column" gap="4">
          {failures.map(({ message }) => (
            <Alert
              key={message}
              role="status"
              status="warning"
              icon
              title={t('object.pods.failed')}
              description={message}
            />
          ))}
          {rows.length === 0 ? (
            failures.length === 0 && (
              <Notice icon={RiBox3Line} title={t('object.pods.none')}>
                <Text color="secondary">{t('object.pods.noneHint')}</Text>
              </Notice>
            )
          ) : (
            <Section title={t('object.pods.title', { count: rows.length })}>
              <PodsTable address={address} columns={columns} rows={rows} />
              {isPart && <Text color="secondary">{t('object.pods.part')}</Text>}
            </Section>
          )}
        </Flex>
      )}
    />
  );
}

function PodsTable(props: {
  address: ObjectAddress;
  columns: ResourceColumn[];
  rows: ResourceRow[];
}) {
  const { address, columns, rows } = props;
  const t = useText();
  const shown = columns
    .map(({ name, priority, format }, index) => ({
      name,
      index,
      isShown: priority === 0 && format !== 'name' && name !== 'Name',
    }))
    .filter(({ isShown }) => isShown);
  const nameColumn = t('object.pods.name');
  return (
    <FoldingTable
      columns={[nameColumn, ...shown.map(({ name }) => name)].map(label => ({
        label,
      }))}
    >
      {rows.map(({ name, cells }) => (
        <FoldingRow
          key={name}
          header={
            <ObjectLink
              address={{
                cluster: address.cluster,
                group: 'core',
                plural: 'pods',
                namespace: address.namespace,
                name,
              }}
            />
          }
          cells={shown.map(column => ({
            label: column.name,
            content: String(cells[column.index] ?? ''),
          }))}
        />
      ))}
    </FoldingTable>
  );
}

async function loadPods(
  api: BerthApi,
  { cluster, namespace }: ObjectAddress,
  labelSelector?: string,
): Promise<Pods> {
  const pods: Pods = { columns: [], rows: [], failures: [], isPart: false };
  if (labelSelector === undefined) {
    return pods;
  }
  const lines = api.listResources(
    { group: 'core', plural: 'pods' },
    { cluster, namespace, labelSelector, limit: 500 },
  );
  for await (const line of lines) {
    if (line.type === 'columns') {
      pods.columns = line.columns;
    } else if (line.type === 'rows') {
      pods.rows.push(...line.rows);
    } else if (line.type === 'failed') {
      pods.failures.push(line);
    } else if (line.type === 'done') {
      pods.isPart = line.more !== undefined;
    }
  }
  return pods;
}
