import { Select } from '@backstage/ui';
import { HelmRevision } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import styles from '../helm.module.css';

/** Chooses a revision of a release. */
export function RevisionSelect(props: {
  label: string;
  revisions: readonly HelmRevision[];
  /** The latest revision. */
  latest?: number;
  value?: number;
  onChange: (revision: number) => void;
}) {
  const { label, revisions, latest, value, onChange } = props;
  const t = useText();
  const numbers = revisions.map(({ revision }) => revision);
  const all =
    value === undefined || numbers.includes(value)
      ? numbers
      : [value, ...numbers];
  return (
    <Select
      className={styles.choice}
      label={label}
      value={value === undefined ? null : String(value)}
      onChange={key => onChange(Number(key))}
      options={all.map(revision => ({
        id: String(revision),
        label: t(
          revision === latest ? 'helm.revision.latest' : 'helm.revision.number',
          { revision: String(revision) },
        ),
      }))}
    />
  );
}
