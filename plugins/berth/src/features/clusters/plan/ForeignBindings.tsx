import { useMemo } from 'react';
import { Alert, Cell, ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import { ForeignBinding } from '@berth/plugin-berth-common';
import { Translate, useText } from '../../../kit';
import { Section } from '../../../kit/Section';
import styles from './plan.module.css';

type Row = ForeignBinding & { id: string };

/** Lists role bindings in Berth's namespaces that Berth did not create. */
export function ForeignBindings({ bindings }: { bindings: ForeignBinding[] }) {
  const t = useText();
  const columns = useMemo(() => columnsOf(t), [t]);
  const rows = bindings.map(binding => ({
    ...binding,
    id: `${binding.namespace}/${binding.name}`,
  }));
  return (
    <Section title={t('plan.foreign.title')}>
      {rows.length === 0 ? (
        <Text color="secondary">{t('plan.foreign.none')}</Text>
      ) : (
        <Flex direction="column" gap="3">
          <Alert
            status="warning"
            icon
            title={t('plan.foreign.warning', { count: rows.length })}
            description={t('plan.foreign.hint')}
          />
          <Table
            columnConfig={columns}
            data={rows}
            pagination={{ type: 'none' }}
          />
        </Flex>
      )}
    </Section>
  );
}

function columnsOf(t: Translate): ColumnConfig<Row>[] {
  return [
    {
      id: 'binding',
      label: t('plan.foreign.column.binding'),
      isRowHeader: true,
      cell: ({ namespace, name }) => (
        <Cell>
          <Text>{`${namespace}/${name}`}</Text>
        </Cell>
      ),
    },
    {
      id: 'role',
      label: t('plan.foreign.column.role'),
      cell: ({ role }) => (
        <Cell>
          <Text>{`${role.kind} ${role.name}`}</Text>
        </Cell>
      ),
    },
    {
      id: 'subjects',
      label: t('plan.foreign.column.subjects'),
      cell: ({ subjects }) => (
        <Cell>
          <div className={styles.lines}>
            {subjects.map(({ kind, namespace, name }) => (
              <Text key={`${kind} ${namespace} ${name}`}>
                {namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`}
              </Text>
            ))}
          </div>
        </Cell>
      ),
    },
  ];
}
