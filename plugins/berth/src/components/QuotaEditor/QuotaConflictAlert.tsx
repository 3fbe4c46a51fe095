import { Alert, Button, Flex } from '@backstage/ui';
import { NamespaceQuota } from '@berth/plugin-berth-common';
import { formatAmount, useResourceLabel } from '../QuotaBars';
import { useText } from '../common';
import styles from './QuotaEditor.module.css';

/** Tells of a quota that somebody else saved meanwhile, and lets the caller decide. */
export function QuotaConflictAlert(props: {
  before?: NamespaceQuota;
  /** Undefined where they removed it. */
  theirs?: NamespaceQuota;
  onKeep: () => void;
  onTake: () => void;
}) {
  const { before, theirs, onKeep, onTake } = props;
  const t = useText();
  const lines = useDifferences()(before, theirs);
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('quotas.editor.conflict.title')}
      description={
        <>
          <div>{t('quotas.editor.conflict.kept')}</div>
          <ul className={styles.effects}>
            {lines.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      }
      customActions={
        <Flex direction="column" gap="2">
          <Button size="small" variant="secondary" onPress={onKeep}>
            {t('quotas.editor.conflict.keep')}
          </Button>
          <Button size="small" variant="tertiary" onPress={onTake}>
            {t('quotas.editor.conflict.take')}
          </Button>
        </Flex>
      }
    />
  );
}

function useDifferences() {
  const t = useText();
  const labelOf = useResourceLabel();
  const tell = (resource: string, amount: string | undefined) =>
    amount === undefined
      ? t('quotas.editor.conflict.unbounded')
      : formatAmount(resource, amount);
  return (before?: NamespaceQuota, theirs?: NamespaceQuota): string[] => {
    if (!theirs) {
      return [t('quotas.editor.conflict.gone')];
    }
    const resources = [
      ...new Set([
        ...Object.keys(before?.hard ?? {}),
        ...Object.keys(theirs.hard),
      ]),
    ].filter(resource => before?.hard[resource] !== theirs.hard[resource]);
    return resources.length > 0
      ? resources.map(resource =>
          t('quotas.editor.conflict.line', {
            resource: labelOf(resource),
            before: tell(resource, before?.hard[resource]),
            after: tell(resource, theirs.hard[resource]),
          }),
        )
      : [t('quotas.editor.conflict.other')];
  };
}
