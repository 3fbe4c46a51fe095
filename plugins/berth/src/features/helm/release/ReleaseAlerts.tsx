import { ReactNode } from 'react';
import { Alert, ButtonLink } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { Moment, useReleaseHref, useText } from '../../../kit';
import { Person } from '../../../kit/request/parts';
import { useOperationHref } from '../operations/address';
import { useRunningOperation } from '../operations/useOperations';
import { stateOf } from '../status';
import { NewerVersionAlert } from './NewerVersionAlert';

/** Warns about the state of a release, with its cause and what to do. */
export function ReleaseAlerts(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const t = useText();
  const base = useReleaseHref()(address);
  const { word } = stateOf(view, Date.now());
  const { status, updatedAt, description } = view;
  const history = (
    <ButtonLink size="small" variant="tertiary" href={`${base}/history`}>
      {t('helm.alert.history')}
    </ButtonLink>
  );
  const { value: running } = useRunningOperation(address);
  const hrefOf = useOperationHref();
  return (
    <>
      {running && (
        <Warning
          tone="info"
          title={
            running.waiting
              ? t('helm.actions.waiting')
              : t(`helm.actions.running.${running.kind}`)
          }
          actions={
            <ButtonLink
              size="small"
              variant="tertiary"
              href={hrefOf(address, running.id)}
            >
              {t('helm.operation.show')}
            </ButtonLink>
          }
        >
          {t('helm.operation.startedBy', {
            who: <Person actor={running.startedBy} />,
            when: <Moment at={running.createdAt} />,
          })}
        </Warning>
      )}
      {word === 'failed' && (
        <Warning
          tone="danger"
          title={t('helm.alert.failed.title')}
          actions={history}
        >
          <div>{description}</div>
          <div>{t('helm.alert.failed.next')}</div>
        </Warning>
      )}
      {word === 'stuck' && (
        <Warning
          tone="warning"
          title={t(`helm.cause.stuck.${status as 'pending-install'}`)}
          actions={history}
        >
          {updatedAt &&
            t('helm.alert.stuck.since', {
              when: <Moment at={updatedAt} />,
            })}{' '}
          {t('helm.alert.stuck.next')}
        </Warning>
      )}
      {word === 'unreadable' && (
        <Warning tone="warning" title={t('helm.alert.unreadable.title')}>
          <div>{view.problem}</div>
          <div>{t('helm.alert.unreadable.next')}</div>
        </Warning>
      )}
      {word === 'byObjects' && (
        <Warning tone="info" title={t('helm.state.byObjects')}>
          <div>{view.unreadable ?? t('helm.cause.byObjects')}</div>
          {view.roleHelps !== false && (
            <div>{t('helm.alert.byObjects.next')}</div>
          )}
        </Warning>
      )}
      {view.origin && view.chart && (
        <NewerVersionAlert
          address={address}
          view={view}
          chart={view.chart}
          repository={view.origin.repository}
        />
      )}
      {view.managedBy && (
        <Warning
          tone="info"
          title={t('helm.managedBy', { controller: view.managedBy })}
        >
          {t('helm.alert.managed', { controller: view.managedBy })}
        </Warning>
      )}
    </>
  );
}

function Warning(props: {
  tone: 'danger' | 'warning' | 'info';
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { tone, title, actions, children } = props;
  return (
    <Alert
      role="status"
      status={tone}
      icon
      title={title}
      description={<div>{children}</div>}
      customActions={actions}
    />
  );
}
