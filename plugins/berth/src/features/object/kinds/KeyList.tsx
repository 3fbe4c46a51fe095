import { ReactNode, useMemo, useState } from 'react';
import { SearchField, Text } from '@backstage/ui';
import { Section, useText } from '../../../kit';
import styles from '../object.module.css';

/** The number of keys from which a search helps. */
const MANY = 12;

/** The keys of a ConfigMap or Secret, and the value of the one that is open. */
export function KeyList(props: {
  /** Sizes are in bytes. */
  keys: { key: string; bytes: number }[];
  /** Shows the value of a key. */
  children: (key: string) => ReactNode;
}) {
  const { keys, children } = props;
  const t = useText();
  const [open, setOpen] = useState<string>();
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return keys.filter(({ key }) => key.toLowerCase().includes(wanted));
  }, [keys, search]);
  const isThere = keys.some(({ key }) => key === open);
  return (
    <Section title={t('object.keys.title', { count: keys.length })}>
      {keys.length === 0 ? (
        <Text color="secondary">{t('object.keys.none')}</Text>
      ) : (
        <div className={styles.keys}>
          <div>
            {keys.length > MANY && (
              <SearchField
                size="small"
                aria-label={t('object.keys.search')}
                placeholder={t('object.keys.search')}
                value={search}
                onChange={setSearch}
              />
            )}
            <ul className={styles.keyList} aria-label={t('object.keys.list')}>
              {shown.map(({ key, bytes }) => (
                <li key={key}>
                  <button
                    type="button"
                    aria-current={key === open}
                    onClick={() => setOpen(key)}
                  >
                    {key}{' '}
                    <span className={styles.size}>
                      {t('object.keys.bytes', { count: bytes })}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
          <div className={styles.value}>
            {open !== undefined && isThere ? (
              children(open)
            ) : (
              <Text color="secondary">{t('object.keys.choose')}</Text>
            )}
          </div>
        </div>
      )}
    </Section>
  );
}
