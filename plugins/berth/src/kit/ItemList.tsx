import { ReactNode, useMemo, useState } from 'react';
import { SearchField, Text } from '@backstage/ui';
import styles from './itemList.module.css';

/** The number of items from which a search helps. */
const MANY = 12;

/** One item of an `ItemList`. */
export interface Item {
  id: string;
  label: string;
  /** Shown after the label, less prominent. */
  note?: string;
}

/** Items, and the content of the one that is open. */
export function ItemList(props: {
  items: Item[];
  /** Names the list for screen readers. */
  label: string;
  searchLabel: string;
  /** Shown while no item is open. */
  choose: string;
  /** The item that is open at first. */
  initial?: string;
  /** Shows the content of an item. */
  children: (id: string) => ReactNode;
}) {
  const { items, label, searchLabel, choose, initial, children } = props;
  const [open, setOpen] = useState(initial);
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const words = search.trim().toLowerCase().split(/\s+/);
    return items.filter(item => {
      const text = `${item.label} ${item.note ?? ''}`.toLowerCase();
      return words.every(word => text.includes(word));
    });
  }, [items, search]);
  const isThere = items.some(({ id }) => id === open);
  return (
    <div className={styles.items}>
      <div>
        {items.length > MANY && (
          <SearchField
            size="small"
            aria-label={searchLabel}
            placeholder={searchLabel}
            value={search}
            onChange={setSearch}
          />
        )}
        <ul className={styles.list} aria-label={label}>
          {shown.map(item => (
            <li key={item.id}>
              <button
                type="button"
                aria-current={item.id === open}
                onClick={() => setOpen(item.id)}
              >
                {item.label}{' '}
                {item.note && <span className={styles.note}>{item.note}</span>}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.content}>
        {open !== undefined && isThere ? (
          children(open)
        ) : (
          <Text color="secondary">{choose}</Text>
        )}
      </div>
    </div>
  );
}
