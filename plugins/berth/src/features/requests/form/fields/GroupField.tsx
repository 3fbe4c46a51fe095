import { useEffect } from 'react';
import { Alert } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { useAccess, useGroupTitles } from '../../../../kit/hooks';
import { useText } from '../../../../kit';
import { FormSelect } from '../../../../kit/form';
import { RequestFormState } from '../requestForm';

/**
 * Chooses one of the caller's groups. Groups that the cluster is shared with come first: only they can have access
 * there.
 */
export function GroupField(props: {
  form: RequestFormState;
  /** Undefined while not chosen or unknown. */
  cluster?: Cluster;
}) {
  const { form, cluster } = props;
  const t = useText();
  const { value: access } = useAccess();
  const { group } = form.values;
  const { change } = form;
  const groups = access?.groups ?? [];
  const isShared = (ref: string) =>
    !cluster || cluster.shares.some(share => share.group === ref);
  const shared = groups.filter(isShared);
  const only = shared.length === 1 ? shared[0] : undefined;
  useEffect(() => {
    if (only && !group) {
      change({ group: only });
    }
    // Only newly loaded options are chosen automatically.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [only]);
  const offered = [
    ...new Set([...shared, ...groups, ...(group ? [group] : [])]),
  ];
  const titleOf = useGroupTitles(offered);
  if (access && groups.length === 0) {
    return (
      <Alert
        role="status"
        status="warning"
        icon
        title={t('requestForm.noGroupsTitle')}
        description={t('requestForm.noGroups')}
      />
    );
  }
  return (
    <FormSelect
      form={form}
      name="group"
      label={t('requestForm.group')}
      description={t('requestForm.groupHint')}
      placeholder={t('requestForm.chooseGroup')}
      options={offered.map(ref => ({
        id: ref,
        label: titleOf(ref),
        ...(!isShared(ref) && {
          description: t('requestForm.notShared', {
            cluster: cluster?.name ?? '',
          }),
        }),
      }))}
    />
  );
}
