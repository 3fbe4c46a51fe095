import { NamespaceQuota } from '@berth/plugin-berth-common';
import { formatAmount, useResourceLabel } from '../../../kit/quota';
import { ConflictAlert, useText } from '../../../kit';

/** Shows a quota that another person saved in the meantime, and lets the caller decide. */
export function QuotaConflictAlert(props: {
  before?: NamespaceQuota;
  /** The other person's quota; undefined if they removed it. */
  theirs?: NamespaceQuota;
  onKeep: () => void;
  onTake: () => void;
}) {
  const { before, theirs, onKeep, onTake } = props;
  const t = useText();
  const differencesText = useDifferences();
  return (
    <ConflictAlert
      title={t('quotas.editor.conflict.title')}
      description={t('quotas.editor.conflict.kept')}
      changes={differencesText(before, theirs)}
      choice={{
        keep: t('quotas.editor.conflict.keep'),
        onKeep,
        take: t('quotas.editor.conflict.take'),
        onTake,
      }}
    />
  );
}

function useDifferences() {
  const t = useText();
  const labelOf = useResourceLabel();
  const shown = (resource: string, amount: string | undefined) =>
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
            before: shown(resource, before?.hard[resource]),
            after: shown(resource, theirs.hard[resource]),
          }),
        )
      : [t('quotas.editor.conflict.other')];
  };
}
