import { ObjectView } from '@berth/plugin-berth-common';
import { Text } from '@backstage/ui';
import { Moment, Section, useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import styles from '../object.module.css';

/** Shows which programs changed an object, folded by default. */
export function ManagersSection(props: { managers: ObjectView['managers'] }) {
  const { managers } = props;
  const t = useText();
  if (managers.length === 0) {
    return null;
  }
  const column = {
    manager: t('object.managers.manager'),
    operation: t('object.managers.operation'),
    time: t('object.managers.time'),
  };
  return (
    <Section title={t('object.managers.title')}>
      <details className={styles.folded}>
        <summary>
          {t('object.managers.count', { count: managers.length })}
        </summary>
        <Text as="p" variant="body-small" color="secondary">
          {t('object.managers.hint')}
        </Text>
        <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
          {managers.map(({ manager, operation, time }) => (
            <FoldingRow
              key={`${manager} ${operation} ${time}`}
              header={manager}
              cells={[
                { label: column.operation, content: operation },
                {
                  label: column.time,
                  content: time ? <Moment at={time} /> : t('common.unknown'),
                },
              ]}
            />
          ))}
        </FoldingTable>
      </details>
    </Section>
  );
}
