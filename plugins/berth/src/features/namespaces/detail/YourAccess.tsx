import { Text } from '@backstage/ui';
import { Grant } from '@berth/plugin-berth-common';
import { useAccess } from '../../../kit/hooks';
import { GroupPath, useText } from '../../../kit';

/** Each role that the reader holds in a namespace, and the groups through which. */
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
