import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { groupName } from '../../../kit/format';
import { useText } from '../../../kit';
import { NamespaceField } from './namespaceEdit';

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
