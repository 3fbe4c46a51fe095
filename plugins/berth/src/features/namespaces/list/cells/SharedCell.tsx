import { Cell, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Grant } from '@berth/plugin-berth-common';
import { groupName } from '../../../../kit/format';
import { Moment, ToneText, TwoLines, useText } from '../../../../kit';

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
          const sentence = expiresAt
            ? t('namespaces.grantUntil', {
                ...words,
                when: <Moment at={expiresAt} display="clock" />,
              })
            : t('namespaces.grant', words);
          const line = {
            as: 'p',
            variant: 'body-small',
            truncate: true,
            title: warning ?? `${groupName(group)} ${role}`,
            children: sentence,
          } as const;
          return warning ? (
            <ToneText key={group} tone="warning" {...line} />
          ) : (
            <Text key={group} {...line} />
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
