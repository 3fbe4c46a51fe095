import { ReactNode } from 'react';
import { Link, Text } from '@backstage/ui';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { useObjectHref, useText } from '../../kit';
import styles from './object.module.css';

/** Names with values, or texts, as a list of small marks. */
export function Chips({ items }: { items: string[] }) {
  const t = useText();
  if (items.length === 0) {
    return <Text color="secondary">{t('object.none')}</Text>;
  }
  return (
    <ul className={styles.chips}>
      {items.map(item => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

/** Returns `name=value` for each entry of a map. */
export function pairsOf(map: Record<string, string>): string[] {
  return Object.entries(map).map(([name, value]) =>
    value === '' ? name : `${name}=${value}`,
  );
}

/** A text of a cluster that people compare or copy, such as an image. */
export function Code({ children }: { children: ReactNode }) {
  return <span className={styles.code}>{children}</span>;
}

/** One line for each item. */
export function Lines({ items }: { items: ReactNode[] }) {
  return (
    <ul className={styles.lines}>
      {items.map((item, index) => (
        // eslint-disable-next-line react/no-array-index-key -- lines have no identity but their place
        <li key={index}>{item}</li>
      ))}
    </ul>
  );
}

/** A link to the page of another object. */
export function ObjectLink(props: {
  address: ObjectAddress;
  children?: ReactNode;
}) {
  const { address, children = address.name } = props;
  const href = useObjectHref();
  return (
    <Link href={href(address)} variant="body-medium" className={styles.name}>
      {children}
    </Link>
  );
}

/** Facts, without those that have no value. */
export function known(
  items: { label: string; value: ReactNode }[],
): { label: string; value: ReactNode }[] {
  return items.filter(
    ({ value }) => value !== undefined && value !== '' && value !== false,
  );
}
