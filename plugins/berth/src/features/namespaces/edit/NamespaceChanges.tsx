import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import { groupName } from '../../../kit/format';
import { ConflictAlert, useText } from '../../../kit';
import {
  changedFields,
  NamespaceField,
  NamespaceValues,
} from './namespaceEdit';
import styles from './NamespaceEditor.module.css';

/** Returns a function that writes the value of a field for people. */
export function useValueText() {
  const t = useText();
  return (field: NamespaceField, value: string): string => {
    if (!value) {
      return t('editNamespace.nothing');
    }
    switch (field) {
      case 'owner':
        return groupName(value);
      case 'system':
        return humanizeEntityRef(parseEntityRef(value), {
          defaultKind: 'system',
        });
      default:
        return t('editNamespace.quoted', { text: value });
    }
  };
}

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

/** Lists the effects of unsaved changes, one sentence each. */
export function NamespaceEffects(props: {
  before: NamespaceValues;
  after: NamespaceValues;
}) {
  const { before, after } = props;
  const t = useText();
  const textOf = useValueText();
  const changed = changedFields(before, after);
  if (changed.length === 0) {
    return null;
  }
  const sentences = [
    ...(changed.includes('owner') ? ofOwner() : []),
    ...(changed.includes('system') ? ofSystem() : []),
    t('editNamespace.accessStays'),
  ];
  return (
    <Flex direction="column" gap="2" role="status">
      <Text weight="bold">{t('grants.effect')}</Text>
      <ul className={styles.sentences}>
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Flex>
  );

  function ofOwner(): string[] {
    const owner = textOf('owner', after.owner);
    return [
      after.owner
        ? t('editNamespace.ownerNew', { owner })
        : t('editNamespace.ownerNone'),
      ...(before.owner
        ? [
            t('editNamespace.ownerOld', {
              owner: textOf('owner', before.owner),
            }),
          ]
        : []),
    ];
  }

  function ofSystem(): string[] {
    return [
      ...(before.system
        ? [
            t('editNamespace.systemOld', {
              system: textOf('system', before.system),
            }),
          ]
        : []),
      ...(after.system
        ? [
            t('editNamespace.systemNew', {
              system: textOf('system', after.system),
            }),
          ]
        : []),
    ];
  }
}
