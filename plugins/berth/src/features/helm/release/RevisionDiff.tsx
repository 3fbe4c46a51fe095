import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { HelmDiff, HelmReleaseAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Loaded, useText } from '../../../kit';
import { DiffView } from '../../../kit/code';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';

/** The most objects whose differences are open at first. */
const OPEN = 4;

/** Shows what differs between two revisions: values, objects and notes. */
export function RevisionDiff(props: {
  address: HelmReleaseAddress;
  from: number;
  to: number;
}) {
  const { address, from, to } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['release', address, 'diff', from, to],
    load: () => api.compareReleases(address, { from, to }),
  });
  return (
    <Loaded
      polled={polled}
      title={t('helm.diff.failed')}
      render={diff => <Differences diff={diff} />}
    />
  );
}

function Differences({ diff }: { diff: HelmDiff }) {
  const t = useText();
  const { values, notes, items } = diff;
  if (!values && !notes && items.length === 0) {
    return <Text color="secondary">{t('helm.diff.nothing')}</Text>;
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
