import { Flex, Text } from '@backstage/ui';
import { Cluster, ManagedNamespace, Grant } from '@berth/plugin-berth-common';
import { useAccess } from '../../../kit/hooks';
import { Section } from '../../../kit/Section';
import { GrantList, GrantsEditor } from '../access';
import { useText, GroupPath } from '../../../kit';

/** Shows the access to a namespace: admins edit it, others see the roles of their groups. */
export function AccessTab(props: {
  namespace: ManagedNamespace;
  cluster?: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { namespace, cluster, onChanged } = props;
  const t = useText();
  const { value: access } = useAccess();
  return (
    <Section title={t('namespace.access.title')}>
      {access?.admin ? (
        <GrantsEditor
          address={{ cluster: namespace.cluster, namespace: namespace.name }}
          personal={namespace.personal}
          sharedWith={cluster?.shares.map(({ group }) => group)}
          onSaved={onChanged}
        />
      ) : (
        <Flex direction="column" gap="2">
          <Text color="secondary">{t('namespace.overview.onlyYours')}</Text>
          <GrantList grants={namespace.grants} personal={namespace.personal} />
        </Flex>
      )}
    </Section>
  );
}

/** Shows the caller's roles in a namespace, each with the groups that have it. */
export function YourAccess({ grants }: { grants: Grant[] }) {
  const t = useText();
  const { value: access } = useAccess();
  const own = grants.filter(({ group }) => access?.groups.includes(group));
  return (
    <>
      {own.map(({ group, role }) => (
        <Text key={`${group} ${role}`} as="p">
          {t('memberAccess.yours', {
            role: <b>{t(`role.${role}`)}</b>,
            group: <GroupPath path={access?.paths?.[group] ?? [group]} />,
          })}
        </Text>
      ))}
    </>
  );
}
