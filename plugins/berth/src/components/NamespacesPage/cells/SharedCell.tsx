import { Cell, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Grant } from '@berth/plugin-berth-common';
import { groupName } from '../../../format';
import { Moment, TwoLines, useText } from '../../common';

const SHOWN = 3;

/** The first groups that get in, with their roles and ends. */
export function SharedCell({ grants }: { grants: Grant[] }) {
  const t = useText();
  if (grants.length === 0) {
    return (
      <Cell>
        <Text variant="body-small" color="secondary">
          {t('namespaces.notShared')}
        </Text>
      </Cell>
    );
  }
  const rest = grants.slice(SHOWN);
  return (
    <Cell>
      <TwoLines>
        {grants.slice(0, SHOWN).map(({ group, role, expiresAt, warning }) => {
          const words = {
            group: (
              <EntityRefLink entityRef={group} defaultKind="group" hideIcon />
            ),
            role: t(`role.${role}`),
          };
          return (
            <Text
              key={group}
              as="p"
              variant="body-small"
              color={warning ? 'warning' : 'primary'}
              truncate
              title={warning ?? `${groupName(group)} ${role}`}
            >
              {expiresAt
                ? t('namespaces.grantUntil', {
                    ...words,
                    when: <Moment at={expiresAt} display="clock" />,
                  })
                : t('namespaces.grant', words)}
            </Text>
          );
        })}
        {rest.length > 0 && (
          <Text
            variant="body-small"
            color="secondary"
            title={rest
              .map(({ group, role }) => `${groupName(group)} ${role}`)
              .join(', ')}
          >
            {t('namespaces.more', { number: String(rest.length) })}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}
