import { Select } from '@backstage/ui';
import styles from './listing.module.css';

/** Number of names from which a search helps to find one. */
const MANY = 10;

/** Chooses several names; none means all. */
export function Several(props: {
  label: string;
  /** Shown while no name is chosen. */
  placeholder: string;
  names: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { label, placeholder, names, chosen, onChange } = props;
  const all = [...new Set([...names, ...chosen])];
  return (
    <Select
      className={styles.filter}
      aria-label={label}
      placeholder={placeholder}
      selectionMode="multiple"
      search={all.length > MANY ? true : undefined}
      value={[...chosen]}
      onChange={keys => onChange(keys.map(String))}
      options={all.map(name => ({ id: name, label: name }))}
    />
  );
}
