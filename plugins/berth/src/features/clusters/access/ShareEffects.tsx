import { Text } from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { EffectiveMembers, useText } from '../../../kit';

/** What sharing a cluster with a group does, and who gets in by it. */
export function ShareEffects(props: {
  cluster: string;
  group: string;
  /** Given where the group's own name cannot serve. */
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
          namespace: kubernetesName || parseEntityRef(group).name,
          cluster,
        })}
      </Text>
      <EffectiveMembers groups={[group]} />
    </div>
  );
}
