import { Flex, Text } from '@backstage/ui';
import styles from './NamespaceEditor.module.css';
import { useText } from '../../../kit';
import { changedFields, NamespaceValues } from './namespaceEdit';
import { useValueText } from './useValueText';

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
