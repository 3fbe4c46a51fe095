import { Alert, Button, Flex } from '@backstage/ui';
import { useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import styles from '../object.module.css';
import { Conflict, isHidden } from './takeTheirs';

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
  const value = (conflict: Conflict, side: 'base' | 'theirs' | 'yours') => (
    <pre className={styles.conflictValue}>
      {isHidden(conflict)
        ? t('object.conflict.hidden')
        : conflict[side] ?? t('object.conflict.noField')}
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
          {conflicts.map(conflict => (
            <FoldingRow
              key={conflict.path}
              header={conflict.path}
              cells={(['base', 'theirs', 'yours'] as const).map(side => ({
                label: column[side],
                content: value(conflict, side),
              }))}
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
