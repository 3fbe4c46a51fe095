import { Alert, Button, Flex } from '@backstage/ui';
import { useText } from '../common';
import styles from './NamespaceEditor.module.css';
import { changedFields, NamespaceValues } from './namespaceEdit';
import { useValueText } from './useValueText';

/** Tells of what somebody else saved meanwhile, and lets the caller decide. */
export function NamespaceConflictAlert(props: {
  before: NamespaceValues;
  theirs: NamespaceValues;
  onKeep: () => void;
  onTake: () => void;
}) {
  const { before, theirs, onKeep, onTake } = props;
  const t = useText();
  const textOf = useValueText();
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('editNamespace.conflict.title')}
      description={
        <>
          <div>{t('editNamespace.conflict.kept')}</div>
          <ul className={styles.sentences}>
            {changedFields(before, theirs).map(field => (
              <li key={field}>
                {t('editNamespace.conflict.line', {
                  field: t(`editNamespace.field.${field}`),
                  before: textOf(field, before[field]),
                  after: textOf(field, theirs[field]),
                })}
              </li>
            ))}
          </ul>
        </>
      }
      customActions={
        <Flex direction="column" gap="2">
          <Button size="small" variant="secondary" onPress={onKeep}>
            {t('editNamespace.conflict.keep')}
          </Button>
          <Button size="small" variant="tertiary" onPress={onTake}>
            {t('editNamespace.conflict.take')}
          </Button>
        </Flex>
      }
    />
  );
}
