import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  Cluster,
  prefixedNamespaceName,
  Share,
} from '@berth/plugin-berth-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { berthApiRef } from '../../../api';
import { useGroupTitles } from '../../../kit/hooks';
import { ConfirmDialog, useText, EffectiveMembers } from '../../../kit';

/** Asks before a group loses its share, and shows the consequences. */
export function RemoveShareDialog(props: {
  cluster: Cluster;
  share: Share;
  onClose: () => void;
  onChanged: () => Promise<void>;
}) {
  const { cluster, share, onClose, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const titleOf = useGroupTitles([share.group]);
  return (
    <ConfirmDialog
      title={t('access.remove.title', {
        cluster: cluster.name,
        group: titleOf(share.group),
      })}
      action={t('access.remove.confirm')}
      failed={t('access.remove.failed')}
      onConfirm={async () => {
        await api.removeShare(cluster.name, share.group);
        await onChanged();
      }}
      onClose={onClose}
    >
      <Text>{t('access.remove.binding', { namespace: share.namespace })}</Text>
      <Text>{t('access.remove.tokens')}</Text>
    </ConfirmDialog>
  );
}

/** Lists the effects of sharing a cluster with a group, and who gets access. */
export function ShareEffects(props: {
  cluster: Pick<Cluster, 'name' | 'namespacePrefix'>;
  group: string;
  /** The name to use in Kubernetes if the group's own name cannot be used; otherwise empty. */
  kubernetesName: string;
}) {
  const { cluster, group, kubernetesName } = props;
  const t = useText();
  const { primaryTitle } = useEntityPresentation(group, {
    defaultKind: 'group',
  });
  return (
    <div role="status">
      <Text as="p" weight="bold">
        {t('grants.effect')}
      </Text>
      <Text as="p">
        {t('memberAccess.share', {
          group: primaryTitle,
          namespace: prefixedNamespaceName(
            kubernetesName || parseEntityRef(group).name,
            cluster.namespacePrefix,
          ),
          cluster: cluster.name,
        })}
      </Text>
      <EffectiveMembers groups={[group]} />
    </div>
  );
}
