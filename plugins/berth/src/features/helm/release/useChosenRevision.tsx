import { ReactNode } from 'react';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { RevisionSelect } from './RevisionSelect';
import { useHistory } from './useHistory';
import { useRevisions } from './useRevisions';

/**
 * Keeps the revision that a tab shows in the URL: the latest by default.
 *
 * @returns the revision, and the control that chooses another
 */
export function useChosenRevision(
  address: HelmReleaseAddress,
  view: HelmReleaseView,
): { revision?: number; select: ReactNode } {
  const t = useText();
  const history = useHistory(address);
  const [chosen, choose] = useRevisions('revision');
  const revision = chosen.revision ?? view.revision;
  return {
    revision,
    select: (
      <RevisionSelect
        label={t('helm.column.revision')}
        revisions={history.value?.items ?? []}
        latest={view.revision}
        value={revision}
        onChange={number => choose({ revision: number })}
      />
    ),
  };
}
