import { Alert, ButtonLink, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ChartRepository } from '@berth/plugin-berth-common';
import { RiInboxLine } from '@remixicon/react';
import {
  Facts,
  Loaded,
  Moment,
  Notice,
  ProblemNotice,
  Section,
  StaleAlert,
  useText,
} from '../../kit';
import pageStyles from '../../kit/page.module.css';
import { chartsRouteRef } from '../../routes';
import styles from './charts.module.css';
import { AddRepositoryButton, RepositoryActions } from './RepositoryActions';
import { useRepositories } from './useRepositories';

/** Shows the chart repositories, when each was read, and why one could not be read. */
export function RepositoryList() {
  const t = useText();
  const polled = useRepositories();
  const { value, error, refresh, refreshing } = polled;
  if (!value && error) {
    return (
      <ProblemNotice error={error} onRetry={refresh} retrying={refreshing} />
    );
  }
  return (
    <div className={pageStyles.tab}>
      <StaleAlert polled={polled} />
      <div className={styles.actions}>
        <AddRepositoryButton />
      </div>
      <Loaded
        polled={polled}
        title={t('repositories.title')}
        render={({ items }) =>
          items.length === 0 ? (
            <Notice
              role="status"
              icon={RiInboxLine}
              title={t('repositories.empty.title')}
            >
              <Text color="secondary">
                {t('repositories.empty.description')}
              </Text>
            </Notice>
          ) : (
            <div className={pageStyles.grid}>
              {items.map(repository => (
                <Repository key={repository.name} repository={repository} />
              ))}
            </div>
          )
        }
      />
    </div>
  );
}

function Repository({ repository }: { repository: ChartRepository }) {
  const { name, url, state, charts, versions, refreshedAt, problem } =
    repository;
  const { source, hasCredential, hasKeyring, only } = repository;
  const t = useText();
  const route = useRouteRef(chartsRouteRef);
  const number = (count: number) => count.toLocaleString('en');
  return (
    <Section
      title={name}
      actions={<RepositoryActions repository={repository} />}
    >
      <div className={styles.stack}>
        {problem && (
          <Alert
            status="danger"
            icon
            title={t('repositories.failed')}
            description={
              refreshedAt
                ? t('repositories.failedKept', { message: problem.message })
                : problem.message
            }
          />
        )}
        <Facts
          items={[
            {
              label: t('repositories.stateLabel'),
              value: t(`repositories.state.${state}`),
            },
            { label: t('repositories.address'), value: url },
            {
              label: t('repositories.sourceLabel'),
              value: t(`repositories.source.${source}`),
            },
            {
              label: t('repositories.credential'),
              value: t(`repositories.hasCredential.${hasCredential}`),
            },
            {
              label: t('repositories.signatures'),
              value: t(`repositories.hasKeyring.${hasKeyring}`),
            },
            ...(only
              ? [{ label: t('repositories.only'), value: only.join(', ') }]
              : []),
            {
              label: t('repositories.charts'),
              value: number(charts),
            },
            { label: t('repositories.versions'), value: number(versions) },
            {
              label: t('repositories.asOf'),
              value: refreshedAt ? (
                <Moment at={refreshedAt} />
              ) : (
                t('repositories.never')
              ),
            },
          ]}
        />
        {charts > 0 && (
          <div className={styles.actions}>
            <ButtonLink
              variant="secondary"
              href={`${route()}?${new URLSearchParams({ repository: name })}`}
              aria-label={t('repositories.showLabel', { name })}
            >
              {t('repositories.show')}
            </ButtonLink>
          </div>
        )}
      </div>
    </Section>
  );
}
