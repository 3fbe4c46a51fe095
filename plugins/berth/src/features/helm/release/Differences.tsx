import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { HelmDiff } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { DiffView } from '../../../kit/code';
import styles from '../helm.module.css';

/** The most objects whose differences are open at first. */
const OPEN = 4;

/** Shows differences between two revisions, or that there are none. */
export function Differences(props: {
  diff: HelmDiff;
  /** Says that there are none. */
  nothing: string;
}) {
  const { diff, nothing } = props;
  const t = useText();
  const { values, notes, items } = diff;
  if (!values && !notes && items.length === 0) {
    return <Text color="secondary">{nothing}</Text>;
  }
  return (
    <div className={styles.changes}>
      <Part title={t('helm.diff.values')} isSame={!values} isOpen>
        <DiffView diff={values} label={t('helm.diff.valuesLabel')} />
      </Part>
      {items.length === 0 && (
        <Text color="secondary">
          {t('helm.diff.sameIn', { part: t('helm.diff.objects') })}
        </Text>
      )}
      {items.map(({ kind, namespace, name, change, diff: own }) => (
        <Part
          key={[kind, namespace, name].join('/')}
          title={t(`helm.diff.${change}`, { object: `${kind} ${name}` })}
          isOpen={items.length <= OPEN}
        >
          <DiffView
            diff={own}
            label={t('helm.diff.objectLabel', { object: `${kind} ${name}` })}
          />
        </Part>
      ))}
      <Part title={t('helm.diff.notes')} isSame={!notes} isOpen={false}>
        <DiffView diff={notes} label={t('helm.diff.notesLabel')} />
      </Part>
    </div>
  );
}

/** A part of the differences, folded on demand. */
function Part(props: {
  title: string;
  isSame?: boolean;
  isOpen: boolean;
  children: ReactNode;
}) {
  const { title, isSame, isOpen, children } = props;
  const t = useText();
  return isSame ? (
    <Text color="secondary">{t('helm.diff.sameIn', { part: title })}</Text>
  ) : (
    <details open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
