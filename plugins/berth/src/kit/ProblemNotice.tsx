import { Button, ButtonLink, Flex, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  RiCloudOffLine,
  RiErrorWarningLine,
  RiLockLine,
  RiQuestionLine,
} from '@remixicon/react';
import { ProblemKind, problemOf } from './format';
import { clustersRouteRef } from '../routes';
import { Notice } from './Notice';
import { useText } from './useText';

const ICONS: Record<ProblemKind, typeof RiLockLine> = {
  forbidden: RiLockLine,
  notFound: RiQuestionLine,
  conflict: RiErrorWarningLine,
  invalid: RiErrorWarningLine,
  unreachable: RiCloudOffLine,
  unavailable: RiCloudOffLine,
  failed: RiErrorWarningLine,
};

/** A failed API call in place of its content: what failed, why, and what to do. */
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
