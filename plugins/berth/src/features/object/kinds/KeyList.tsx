import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { ItemList, Section, useText } from '../../../kit';

/** The keys of a ConfigMap or Secret, and the value of the one that is open. */
export function KeyList(props: {
  /** Sizes are in bytes. */
  keys: { key: string; bytes: number }[];
  /** Edits the keys. */
  edit?: ReactNode;
  /** Shows the value of a key. */
  children: (key: string) => ReactNode;
}) {
  const { keys, edit, children } = props;
  const t = useText();
  return (
    <Section
      title={t('object.keys.title', { count: keys.length })}
      actions={edit}
    >
      {keys.length === 0 ? (
        <Text color="secondary">{t('object.keys.none')}</Text>
      ) : (
        <ItemList
          items={keys.map(({ key, bytes }) => ({
            id: key,
            label: key,
            note: t('object.keys.bytes', { count: bytes }),
          }))}
          label={t('object.keys.list')}
          searchLabel={t('object.keys.search')}
          choose={t('object.keys.choose')}
        >
          {children}
        </ItemList>
      )}
    </Section>
  );
}
