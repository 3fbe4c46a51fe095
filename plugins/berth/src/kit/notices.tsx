import { ComponentType, ReactNode } from 'react';
import {
  Text,
  Alert,
  Button,
  ButtonLink,
  Flex,
  Box,
  ButtonIcon,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  RiCloudOffLine,
  RiErrorWarningLine,
  RiLockLine,
  RiQuestionLine,
  RiRefreshLine,
} from '@remixicon/react';
import styles from './common.module.css';
import { problemOf, ProblemKind } from './format';
import { useText } from './useText';
import { clustersRouteRef } from '../routes';
import { Polled } from './query';
import { useMomentText, Moment } from './Moment';

/** Shows a message in place of a page's content. */
export function Notice(props: {
  icon: ComponentType<{ className?: string }>;
  tone?: 'neutral' | 'success' | 'danger';
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}) {
  const { icon: Icon, tone = 'neutral', title, children, actions } = props;
  return (
    <div className={styles.notice} role={props.role}>
      <span aria-hidden="true" data-tone={tone}>
        <Icon className={styles.noticeIcon} />
      </span>
      <Text as="h3" variant="title-x-small" weight="bold">
        {title}
      </Text>
      {children}
      {actions}
    </div>
  );
}

/** Shows a failed action, next to the content that it should have changed. */
export function ProblemAlert(props: { error: unknown; title?: string }) {
  const t = useText();
  const { kind, message } = problemOf(props.error);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title ?? t(`problem.${kind}.title`)}
      description={
        <>
          <div>{message}</div>
          <div>{t(`problem.${kind}.next`)}</div>
        </>
      }
    />
  );
}

const ICONS: Record<ProblemKind, typeof RiLockLine> = {
  forbidden: RiLockLine,
  notFound: RiQuestionLine,
  conflict: RiErrorWarningLine,
  invalid: RiErrorWarningLine,
  unreachable: RiCloudOffLine,
  unavailable: RiCloudOffLine,
  failed: RiErrorWarningLine,
};

/** Shows a failed API call in place of its content: the failure, its cause, and what to do. */
export function ProblemNotice(props: {
  error: unknown;
  onRetry?: () => void;
  retrying?: boolean;
}) {
  const t = useText();
  const clusters = useRouteRef(clustersRouteRef);
  const { kind, message } = problemOf(props.error);
  return (
    <Notice
      role="alert"
      icon={ICONS[kind]}
      tone={kind === 'forbidden' || kind === 'notFound' ? 'neutral' : 'danger'}
      title={t(`problem.${kind}.title`)}
      actions={
        <Flex gap="2">
          {kind === 'notFound' && (
            <ButtonLink variant="secondary" href={clusters()}>
              {t('common.backToClusters')}
            </ButtonLink>
          )}
          {props.onRetry && (
            <Button
              variant="secondary"
              onPress={props.onRetry}
              isPending={props.retrying}
            >
              {t('common.retry')}
            </Button>
          )}
        </Flex>
      }
    >
      <Text variant="body-medium">{message}</Text>
      <Text variant="body-medium" color="secondary">
        {t(`problem.${kind}.next`)}
      </Text>
    </Notice>
  );
}

/** Warns that a refresh failed and that the content is old. */
export function StaleAlert({ polled }: { polled: Polled<unknown> }) {
  const t = useText();
  const { relative } = useMomentText(polled.updatedAt ?? 0);
  if (!polled.error || !polled.value) {
    return null;
  }
  return (
    <Box mb="3">
      <Alert
        role="status"
        status="warning"
        icon
        title={t('common.staleTitle')}
        description={t('common.staleDescription', {
          message: problemOf(polled.error).message,
          when: relative,
        })}
        customActions={
          <Button
            size="small"
            variant="tertiary"
            onPress={polled.refresh}
            isPending={polled.refreshing}
          >
            {t('common.retry')}
          </Button>
        }
      />
    </Box>
  );
}

/** Shows when the data was fetched, and a button to fetch it again. */
export function RefreshControl({ polled }: { polled: Polled<unknown> }) {
  const t = useText();
  return (
    <Flex align="center" gap="2">
      {polled.updatedAt && (
        <Text variant="body-small" color="secondary">
          {t('common.updated', { when: <Moment at={polled.updatedAt} /> })}
        </Text>
      )}
      <ButtonIcon
        variant="secondary"
        icon={<RiRefreshLine />}
        aria-label={t('common.refresh')}
        onPress={polled.refresh}
        isPending={polled.refreshing}
      />
    </Flex>
  );
}
