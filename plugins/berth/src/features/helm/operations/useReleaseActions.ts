import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useAbilities, useText } from '../../../kit';
import { testsOf } from './TestDialog';
import { useRunningOperation } from './useOperations';
import { usePortalReason } from './usePortalReason';

const ACTIONS = [
  'upgrade',
  'elsewhere',
  'rollBack',
  'test',
  'unlock',
  'uninstall',
] as const;

/** Something that a person can do with a release. */
export type ReleaseAction = (typeof ACTIONS)[number];

/** What a person can do with a release. */
export interface ReleaseActions {
  /** Those that make sense for the release. */
  ids: ReleaseAction[];
  /** Why an action is disabled; undefined if it is not. */
  reasonOf: (action: ReleaseAction) => string | undefined;
}

/** The verbs on Secrets without which helm can do nothing: it stores each revision in one. */
const VERBS: Record<ReleaseAction, string[]> = {
  upgrade: ['create', 'update'],
  elsewhere: ['get'],
  rollBack: ['create', 'update'],
  test: ['update'],
  unlock: ['update'],
  uninstall: ['update', 'delete'],
};

/** Returns what the person can do with a release, and why not. */
export function useReleaseActions(
  address: HelmReleaseAddress,
  view: HelmReleaseView,
): ReleaseActions {
  const t = useText();
  const can = useAbilities(address.cluster, address.namespace);
  const portalReason = usePortalReason();
  const { value: running } = useRunningOperation(address);
  const { status, source, revision = 0 } = view;
  const isPending = status.startsWith('pending-');

  const reasonOfRelease = (action: ReleaseAction) => {
    if (source === 'objects') {
      return view.unreadable ?? t('helm.cause.byObjects');
    }
    if (action === 'elsewhere') {
      return view.chart ? undefined : t('helm.actions.noChart');
    }
    if (source === 'configMap') {
      return t('helm.actions.configMap');
    }
    if (view.problem !== undefined) {
      return t('helm.alert.unreadable.title');
    }
    if (running && !running.waiting) {
      return t(`helm.actions.running.${running.kind}`);
    }
    if (isPending && (action === 'upgrade' || action === 'test')) {
      return t('helm.actions.pending', {
        status: t(`helm.state.${status}`),
      });
    }
    if (status === 'uninstalling' && action !== 'uninstall') {
      return t('helm.actions.uninstalling');
    }
    if (
      status === 'uninstalled' &&
      (action === 'upgrade' || action === 'test')
    ) {
      return t('helm.actions.uninstalled');
    }
    if (action === 'rollBack' && revision <= 1) {
      return t('helm.actions.firstRevision');
    }
    return action === 'test' && testsOf(view).length === 0
      ? t('helm.actions.noTests')
      : undefined;
  };

  const reasonOfRole = (action: ReleaseAction) =>
    VERBS[action]
      .map(verb => can(verb, { group: 'core', plural: 'secrets' }))
      .find(({ allowed }) => !allowed)?.reason;

  return {
    ids: ACTIONS.filter(action => action !== 'unlock' || isPending),
    reasonOf: action =>
      // To mark a revision as failed needs no helm.
      (action === 'unlock' ? undefined : portalReason) ??
      reasonOfRelease(action) ??
      reasonOfRole(action),
  };
}
