import { ReactNode } from 'react';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { Link, Text } from '@backstage/ui';
import { CodeBlock, Facts, Moment, Section, useText } from '../../../kit';
import pageStyles from '../../../kit/page.module.css';
import styles from '../helm.module.css';
import { HooksSection } from './HooksSection';
import { ObjectsSection } from './ObjectsSection';
import { ReleaseAlerts } from './ReleaseAlerts';

const NOTES_HEIGHT = 320;

/** Shows how a release is: its status with the cause, its objects, its chart and its notes. */
export function OverviewTab(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const t = useText();
  const { notes, hooks } = view;
  return (
    <>
      <ReleaseAlerts address={address} view={view} />
      <ObjectsSection address={address} />
      <div className={pageStyles.grid}>
        <ReleaseFacts view={view} />
        {view.chart && (
          <ChartFacts chart={view.chart} repository={view.origin?.repository} />
        )}
      </div>
      {notes && (
        <Section title={t('helm.notes.title')}>
          <CodeBlock
            label={t('helm.notes.title')}
            text={notes}
            maxHeight={NOTES_HEIGHT}
          />
        </Section>
      )}
      {hooks.length > 0 && <HooksSection hooks={hooks} />}
    </>
  );
}

function ReleaseFacts({ view }: { view: HelmReleaseView }) {
  const t = useText();
  const { description, firstDeployedAt, updatedAt, source, labels } = view;
  const own = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const items = present([
    [t('helm.facts.description'), description],
    [t('helm.column.updated'), updatedAt && <Moment at={updatedAt} />],
    [
      t('helm.facts.firstDeployed'),
      firstDeployedAt && <Moment at={firstDeployedAt} />,
    ],
    [
      t('helm.facts.source'),
      source !== 'objects' && t(`helm.source.${source}`),
    ],
    [
      t('helm.facts.applyMethod'),
      view.applyMethod && t(`helm.applyMethod.${view.applyMethod}`),
    ],
    [
      t('helm.facts.labels'),
      own.length > 0 && <span className={styles.code}>{own.join(', ')}</span>,
    ],
  ]);
  // A release that is seen by its objects may have none.
  return items.length === 0 ? null : (
    <Section title={t('helm.facts.title')}>
      <Facts items={items} />
    </Section>
  );
}

function ChartFacts({
  chart,
  repository,
}: {
  chart: NonNullable<HelmReleaseView['chart']>;
  /** Absent if it is not known where the chart came from. */
  repository?: string;
}) {
  const t = useText();
  const { home, sources = [], deprecated } = chart;
  return (
    <Section title={t('helm.chart.title')}>
      <Facts
        items={present([
          [t('helm.chart.name'), chart.name],
          [
            t('helm.chart.version'),
            deprecated
              ? `${chart.version} (${t('helm.deprecated')})`
              : chart.version,
          ],
          [t('charts.facts.repository'), repository],
          [t('helm.chart.appVersion'), chart.appVersion],
          [t('helm.chart.description'), chart.description],
          [t('helm.chart.kubeVersion'), chart.kubeVersion],
          [t('helm.chart.home'), home && <OutsideLink href={home} />],
          [
            t('helm.chart.sources'),
            sources.length > 0 && (
              <ul className={styles.links}>
                {sources.map(source => (
                  <li key={source}>
                    <OutsideLink href={source} />
                  </li>
                ))}
              </ul>
            ),
          ],
        ])}
      />
    </Section>
  );
}

/** A link of a chart. Anything but an address of the web is shown as text. */
function OutsideLink({ href }: { href: string }) {
  return /^https?:\/\//i.test(href) ? (
    <Link
      className={styles.outside}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {href}
    </Link>
  ) : (
    <Text>{href}</Text>
  );
}

function present(
  items: [label: string, value: ReactNode][],
): { label: string; value: ReactNode }[] {
  return items
    .filter(
      ([, value]) => value !== undefined && value !== '' && value !== false,
    )
    .map(([label, value]) => ({ label, value }));
}
