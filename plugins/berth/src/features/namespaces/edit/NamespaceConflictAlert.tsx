import { ConflictAlert, useText } from '../../../kit';
import { changedFields, NamespaceValues } from './namespaceEdit';
import { useValueText } from './useValueText';

/** Shows the changes that another person saved in the meantime, and lets the caller decide. */
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
    <ConflictAlert
      title={t('editNamespace.conflict.title')}
      description={t('editNamespace.conflict.kept')}
      changes={changedFields(before, theirs).map(field =>
        t('editNamespace.conflict.line', {
          field: t(`editNamespace.field.${field}`),
          before: textOf(field, before[field]),
          after: textOf(field, theirs[field]),
        }),
      )}
      choice={{
        keep: t('editNamespace.conflict.keep'),
        onKeep,
        take: t('editNamespace.conflict.take'),
        onTake,
      }}
    />
  );
}
