import { Alert, Button, Flex } from '@backstage/ui';
import { useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import styles from '../object.module.css';
import { Conflict } from './takeTheirs';

/** Shows the fields that both the person and others changed, side by side, and asks which values to keep. */
export function ConflictTable(props: {
  conflicts: Conflict[];
  isPending: boolean;
  onKeep: () => void;
  onTake: () => void;
}) {
  const { conflicts, isPending, onKeep, onTake } = props;
  const t = useText();
  const column = {
    field: t('object.conflict.field'),
    base: t('object.conflict.base'),
    theirs: t('object.conflict.theirs'),
    yours: t('object.conflict.yours'),
  };
  const value = (text?: string) => (
    <pre className={styles.conflictValue}>
      {text ?? t('object.conflict.noField')}
    </pre>
  );
  return (
    <section aria-label={t('object.conflict.title')}>
      <Flex direction="column" gap="3">
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('object.conflict.title')}
          description={t('object.conflict.description')}
        />
        <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
          {conflicts.map(({ path, base, theirs, yours }) => (
            <FoldingRow
              key={path}
              header={path}
              cells={[
                { label: column.base, content: value(base) },
                { label: column.theirs, content: value(theirs) },
                { label: column.yours, content: value(yours) },
              ]}
            />
          ))}
        </FoldingTable>
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          <Button variant="secondary" onPress={onTake}>
            {t('object.conflict.take')}
          </Button>
          <Button variant="secondary" onPress={onKeep} isPending={isPending}>
            {t('object.conflict.keep')}
          </Button>
        </Flex>
      </Flex>
    </section>
  );
}
