import { Fragment, useMemo } from 'react';
import { Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useGroupMembers } from './hooks';
import { useText } from './useText';

const SHOWN = 5;

/** Who is in some groups, nested ones included: the first by name, the others by their number. */
export function EffectiveMembers({ groups }: { groups: string[] }) {
  const t = useText();
  const key = [...new Set(groups)].sort().join(' ');
  const stable = useMemo(() => (key ? key.split(' ') : []), [key]);
  const { value, error } = useGroupMembers(stable);
  if (!value) {
    return error === undefined ? null : (
      <Text color="secondary">{t('memberAccess.failed')}</Text>
    );
  }
  const { users, totalItems } = value;
  if (totalItems === 0) {
    return <Text color="secondary">{t('memberAccess.none')}</Text>;
  }
  const shown = users.slice(0, SHOWN);
  const rest = totalItems - shown.length;
  const names = shown.map((user, index) => (
    <Fragment key={user}>
      {index > 0 && ', '}
      <EntityRefLink
        entityRef={user}
        defaultKind="user"
        hideIcon
        disableTooltip
      />
    </Fragment>
  ));
  return (
    <Text>
      {rest > 0
        ? t('memberAccess.members', {
            names: <>{names}</>,
            rest,
          })
        : t('memberAccess.allMembers', {
            names: <>{names}</>,
          })}
    </Text>
  );
}
