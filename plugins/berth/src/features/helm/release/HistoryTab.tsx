import { useRef, useState } from 'react';
import { Button, Link, Text } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmReleaseView,
  HelmRevision,
} from '@berth/plugin-berth-common';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import {
  ActionButton,
  Loaded,
  Moment,
  Section,
  ToneText,
  useReleaseHref,
  useText,
} from '../../../kit';
import styles from '../helm.module.css';
import { chartText } from '../list/select';
import { RollBackDialog } from '../operations/RollBackDialog';
import { useReleaseActions } from '../operations/useReleaseActions';
import { StateLabel } from '../StateLabel';
import { stateOf } from '../status';
import { RevisionDiff } from './RevisionDiff';
import { RevisionSelect } from './RevisionSelect';
import { useHistory } from './useHistory';
import { useRevisions } from './useRevisions';

/** Shows the revisions of a release, and what differs between two of them. */
export function HistoryTab(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const t = useText();
  const polled = useHistory(address);
  const { reasonOf } = useReleaseActions(address, view);
  const [target, setTarget] = useState<number>();
  const compared = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useRevisions('from', 'to');
  const revisions = polled.value?.items ?? [];
  const to = chosen.to ?? revisions[0]?.revision;
  const from = chosen.from ?? before(revisions, to);
  return (
    <>
      <Section title={t('helm.history.title')}>
        <Loaded
          polled={polled}
          title={t('helm.history.failed')}
          render={({ items }) => (
            <RevisionTable
              address={address}
              view={view}
              revisions={items}
              rollBackReason={reasonOf('rollBack')}
              onRollBack={setTarget}
              onCompare={change => {
                choose(change);
                compared.current?.scrollIntoView?.({ behavior: 'smooth' });
              }}
            />
          )}
        />
      </Section>
      {target !== undefined && (
        <RollBackDialog
          address={address}
          view={view}
          revision={target}
          onClose={() => setTarget(undefined)}
        />
      )}
      <div ref={compared}>
        {revisions.length === 1 && (
          <Text color="secondary">{t('helm.history.onlyOne')}</Text>
        )}
        {revisions.length > 1 && (
          <Section title={t('helm.diff.title')}>
            <div className={styles.stack}>
              <div className={styles.controls}>
                <RevisionSelect
                  label={t('helm.diff.from')}
                  revisions={revisions}
                  latest={view.revision}
                  value={from}
                  onChange={revision => choose({ from: revision })}
                />
                <RevisionSelect
                  label={t('helm.diff.to')}
                  revisions={revisions}
                  latest={view.revision}
                  value={to}
                  onChange={revision => choose({ to: revision })}
                />
              </div>
              {from !== undefined && to !== undefined && from !== to && (
                <RevisionDiff address={address} from={from} to={to} />
              )}
              {from === to && (
                <Text color="secondary">{t('helm.diff.same')}</Text>
              )}
            </div>
          </Section>
        )}
      </div>
    </>
  );
}

/** Returns the revision before another, or the one after it if it is the first. */
function before(
  revisions: readonly HelmRevision[],
  revision?: number,
): number | undefined {
  const place = revisions.findIndex(one => one.revision === revision);
  return (revisions[place + 1] ?? revisions[place - 1])?.revision;
}

function RevisionTable(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  revisions: HelmRevision[];
  onCompare: (revisions: { from: number; to: number }) => void;
  rollBackReason?: string;
  onRollBack: (revision: number) => void;
}) {
  const { address, view, revisions, onCompare } = props;
  const { rollBackReason, onRollBack } = props;
  const t = useText();
  const base = useReleaseHref()(address);
  const column = {
    revision: t('helm.column.revision'),
    status: t('helm.column.status'),
    updated: t('helm.column.updated'),
    chart: t('helm.column.chart'),
    description: t('helm.facts.description'),
    show: t('helm.history.show'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {revisions.map((one, index) => {
        const { revision, updatedAt, chart, description, problem } = one;
        const older = revisions[index + 1]?.revision;
        return (
          <FoldingRow
            key={revision}
            header={String(revision)}
            cells={[
              {
                label: column.status,
                content: (
                  <StateLabel
                    state={stateOf({ ...one, source: view.source }, Date.now())}
                  />
                ),
              },
              {
                label: column.updated,
                content: updatedAt && (
                  <span className={styles.oneLine}>
                    <Moment at={updatedAt} display="short" />
                  </span>
                ),
              },
              {
                label: column.chart,
                content: (
                  <div className={styles.chartCell}>
                    {chartText(chart)}
                    {chart?.appVersion && (
                      <Text as="p" variant="body-small" color="secondary">
                        {t('helm.appVersion', { version: chart.appVersion })}
                      </Text>
                    )}
                  </div>
                ),
              },
              {
                label: column.description,
                content: problem ? (
                  <ToneText tone="warning">{problem}</ToneText>
                ) : (
                  description ?? ''
                ),
              },
              {
                label: column.show,
                content: !problem && (
                  <div className={styles.rowLinks}>
                    {older !== undefined && (
                      <Button
                        size="small"
                        variant="secondary"
                        aria-label={t('helm.history.compareWith', {
                          from: String(older),
                          to: String(revision),
                        })}
                        onPress={() => onCompare({ from: older, to: revision })}
                      >
                        {t('helm.history.compare')}
                      </Button>
                    )}
                    {revision !== view.revision && (
                      <ActionButton
                        size="small"
                        variant="secondary"
                        aria-label={t('helm.rollBack.actionTo', {
                          revision: String(revision),
                        })}
                        disabledReason={rollBackReason}
                        onPress={() => onRollBack(revision)}
                      >
                        {t('helm.rollBack.action')}
                      </ActionButton>
                    )}
                    <Link
                      href={`${base}/values?revision=${revision}`}
                      aria-label={t('helm.history.valuesOf', {
                        revision: String(revision),
                      })}
                      standalone
                    >
                      {t('helm.tab.values')}
                    </Link>
                    <Link
                      href={`${base}/manifest?revision=${revision}`}
                      aria-label={t('helm.history.manifestOf', {
                        revision: String(revision),
                      })}
                      standalone
                    >
                      {t('helm.tab.manifest')}
                    </Link>
                  </div>
                ),
              },
            ]}
          />
        );
      })}
    </FoldingTable>
  );
}
