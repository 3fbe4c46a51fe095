import { useState } from 'react';
import { ButtonLink } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmOperation,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ActionButton, useReleaseHref, useText } from '../../../kit';
import { problemOf } from '../../../kit/format';
import { usePolled } from '../../../kit/query';
import { chartRouteRef, helmRouteRef } from '../../../routes';
import styles from '../helm.module.css';
import { RollBackDialog } from './RollBackDialog';
import { TestDialog } from './TestDialog';
import { UninstallDialog } from './UninstallDialog';
import { UnlockDialog } from './UnlockDialog';
import { UpgradeLink } from './UpgradeLink';
import { ReleaseAction, useReleaseActions } from './useReleaseActions';

/** What a person can do after an operation has ended. */
export function NextSteps(props: {
  address: HelmReleaseAddress;
  operation: HelmOperation;
}) {
  const { address, operation } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const list = useRouteRef(helmRouteRef);
  const base = useReleaseHref()(address);
  const { value, error } = usePolled({
    key: ['release', address],
    load: () => api.getRelease(address),
  });
  const needsRepair =
    operation.state !== 'Succeeded' || operation.advice !== undefined;
  const isGone = error !== undefined && problemOf(error).kind === 'notFound';
  return (
    <div className={styles.rowLinks}>
      {isGone && (
        <ButtonLink variant="secondary" href={list()}>
          {t('helm.gone.back')}
        </ButtonLink>
      )}
      {isGone && operation.kind === 'install' && (
        <InstallAgain operation={operation} />
      )}
      {!isGone && (
        <ButtonLink variant="secondary" href={base}>
          {t('helm.operation.openRelease')}
        </ButtonLink>
      )}
      {value && !isGone && needsRepair && (
        <Repairs address={address} view={value} operation={operation} />
      )}
    </div>
  );
}

/** Opens the page that installs the same chart at the same place. */
function InstallAgain({ operation }: { operation: HelmOperation }) {
  const { chart, cluster, namespace } = operation;
  const t = useText();
  const route = useRouteRef(chartRouteRef);
  if (chart?.repository === undefined) {
    return null;
  }
  const { repository, name, version } = chart;
  const search = new URLSearchParams({ version, cluster, namespace });
  return (
    <ButtonLink
      variant="secondary"
      href={`${route({ repository, chart: name })}/install?${search}`}
    >
      {t('helm.operation.runAgain')}
    </ButtonLink>
  );
}

type Repair = Exclude<ReleaseAction, 'upgrade'>;

/** The actions that repair a release, or try again. */
function Repairs(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  operation: HelmOperation;
}) {
  const { address, view, operation } = props;
  const { kind, baseRevision, targetRevision } = operation;
  const t = useText();
  const { ids, reasonOf } = useReleaseActions(address, view);
  const [open, setOpen] = useState<{ action: Repair; revision?: number }>();
  const shared = { address, view, onClose: () => setOpen(undefined) };
  const button = (label: string, action: Repair, revision?: number) => (
    <ActionButton
      variant="secondary"
      disabledReason={reasonOf(action)}
      onPress={() => setOpen({ action, revision })}
    >
      {label}
    </ActionButton>
  );
  // A failed release has its name already.
  const againLabel = t(
    kind === 'install' ? 'helm.actions.upgrade' : 'helm.operation.runAgain',
  );
  const madeRevision = view.revision !== baseRevision;
  return (
    <>
      {ids.includes('unlock') && button(t('helm.actions.unlock'), 'unlock')}
      {madeRevision &&
        (kind === 'upgrade' || kind === 'rollback') &&
        button(
          t('helm.rollBack.actionTo', { revision: String(baseRevision) }),
          'rollBack',
          baseRevision,
        )}
      {kind === 'install' && button(t('helm.actions.uninstall'), 'uninstall')}
      {(kind === 'install' || kind === 'upgrade') && (
        <UpgradeLink address={address} view={view} variant="secondary">
          {againLabel}
        </UpgradeLink>
      )}
      {kind === 'rollback' &&
        button(t('helm.operation.runAgain'), 'rollBack', targetRevision)}
      {kind === 'uninstall' &&
        button(t('helm.operation.runAgain'), 'uninstall')}
      {kind === 'test' && button(t('helm.operation.runAgain'), 'test')}
      {open?.action === 'rollBack' && (
        <RollBackDialog {...shared} revision={open.revision} />
      )}
      {open?.action === 'unlock' && <UnlockDialog {...shared} />}
      {open?.action === 'uninstall' && <UninstallDialog {...shared} />}
      {open?.action === 'test' && <TestDialog {...shared} />}
    </>
  );
}
