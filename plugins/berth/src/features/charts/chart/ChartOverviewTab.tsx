import { Alert, Link, Text } from '@backstage/ui';
import {
  ChartAddress,
  ChartFile,
  ChartVersion,
  ChartView,
} from '@berth/plugin-berth-common';
import { Facts, Loaded, Moment, Section, useText } from '../../../kit';
import styles from '../charts.module.css';
import { Markdown } from '../Markdown';
import { useChartFile } from './useChartFile';

/** Shows what a version of a chart is, and its README. */
export function ChartOverviewTab(props: {
  address: ChartAddress;
  view: ChartView;
  /** Only the number of the version until the rest is known. */
  version: Partial<ChartVersion> & { version: string };
}) {
  const { address, view, version } = props;
  const t = useText();
  const readme = useChartFile(address, version.version, 'readme');
  return (
    <>
      {version.deprecated && (
        <Alert
          status="warning"
          icon
          title={t('charts.deprecatedAlert.title')}
          description={t('charts.deprecatedAlert.description')}
        />
      )}
      <Section title={t('charts.facts.title')}>
        <Facts items={facts()} />
      </Section>
      <Section title={t('charts.readme.title')}>
        <Loaded
          polled={readme}
          title={t('charts.readme.failed')}
          render={showReadme}
        />
      </Section>
    </>
  );

  function showReadme({ text, truncated }: ChartFile) {
    if (text === undefined || text.trim() === '') {
      return <Text color="secondary">{t('charts.readme.none')}</Text>;
    }
    return (
      <>
        <Markdown text={text} />
        {truncated && <Text color="secondary">{t('charts.truncated')}</Text>}
      </>
    );
  }

  function facts() {
    const { appVersion, kubeVersion, createdAt, prerelease } = version;
    const { home, sources, keywords, refreshedAt } = view;
    const digest = version.digest ?? readme.value?.digest;
    const items = [
      { label: t('charts.facts.repository'), value: view.repository },
      {
        label: t('charts.facts.asOf'),
        value: refreshedAt ? (
          <Moment at={refreshedAt} />
        ) : (
          t('charts.facts.never')
        ),
      },
      {
        label: t('charts.facts.version'),
        value: prerelease
          ? `${version.version} · ${t('charts.prerelease')}`
          : version.version,
      },
      appVersion && { label: t('charts.facts.appVersion'), value: appVersion },
      kubeVersion && {
        label: t('charts.facts.kubeVersion'),
        value: kubeVersion,
      },
      createdAt && {
        label: t('charts.facts.created'),
        value: <Moment at={createdAt} />,
      },
      digest && { label: t('charts.facts.digest'), value: digest },
      home && {
        label: t('charts.facts.home'),
        value: <OutsideLink href={home} />,
      },
      sources.length > 0 && {
        label: t('charts.facts.sources'),
        value: sources.map(source => (
          <div key={source}>
            <OutsideLink href={source} />
          </div>
        )),
      },
      keywords.length > 0 && {
        label: t('charts.facts.keywords'),
        value: keywords.join(', '),
      },
    ];
    return items.flatMap(item => item || []);
  }
}

function OutsideLink({ href }: { href: string }) {
  return (
    <Link
      className={styles.outside}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {href}
    </Link>
  );
}
