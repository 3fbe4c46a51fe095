import { Skeleton, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolled } from '../query';
import { ProblemAlert, useText, ProblemNotice } from '..';
import { Explanation } from './Explanation';
import styles from './AccessExplanationPanel.module.css';
import { problemOf } from '../format';

/** Explains why the caller may not see or do something on a cluster or in a namespace. */
export function AccessExplanationPanel(props: {
  cluster: string;
  namespace?: string;
}) {
  const { cluster, namespace } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const { value, error } = usePolled({
    key: ['explain', cluster, namespace],
    load: () =>
      api.explainAccess({
        cluster,
        ...(namespace !== undefined && { namespace }),
      }),
  });
  return (
    <section
      className={styles.panel}
      aria-label={t('explain.title')}
      aria-busy={!value && !error}
    >
      <Text as="h3" variant="title-x-small" weight="bold">
        {value?.allowed ? t('explain.titleAllowed') : t('explain.title')}
      </Text>
      {value && <Explanation explanation={value} />}
      {!value && error !== undefined && (
        <ProblemAlert error={error} title={t('explain.failed')} />
      )}
      {!value && !error && (
        <>
          <Text color="secondary">{t('explain.loading')}</Text>
          <Skeleton width="100%" height={120} />
        </>
      )}
    </section>
  );
}

/** Shows a failed API call in place of its content; if access is missing, with the chain that explains it. */
export function ProblemWithExplanation(props: {
  error: unknown;
  onRetry?: () => void;
  retrying?: boolean;
  cluster: string;
  namespace?: string;
}) {
  const { error, onRetry, retrying, cluster, namespace } = props;
  const { kind } = problemOf(error);
  return (
    <>
      <ProblemNotice error={error} onRetry={onRetry} retrying={retrying} />
      {(kind === 'forbidden' || kind === 'notFound') && (
        <AccessExplanationPanel cluster={cluster} namespace={namespace} />
      )}
    </>
  );
}
