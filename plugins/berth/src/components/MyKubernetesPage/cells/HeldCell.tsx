import { Cell, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Grant } from '@berth/plugin-berth-common';
import { Clamped, Moment, ToneText, TwoLines, useText } from '../../common';

/** Through which group, in which role and until when; the strongest way is shown. */
export function HeldCell({ grants }: { grants: Grant[] }) {
  const t = useText();
  const [grant, ...others] = grants;
  if (!grant) {
    return (
      <Cell>
        <Text variant="body-small" color="secondary">
          {t('mine.noGrant')}
        </Text>
      </Cell>
    );
  }
  const { group, role, expiresAt, warning } = grant;
  const words = {
    role: <b>{t(`role.${role}`)}</b>,
    group: (
      <EntityRefLink
        entityRef={group}
        defaultKind="group"
        hideIcon
        disableTooltip
      />
    ),
  };
  return (
    <Cell>
      <TwoLines>
        <Clamped>
          <Text variant="body-medium">
            {expiresAt
              ? t('mine.viaUntil', {
                  ...words,
                  when: <Moment at={expiresAt} display="clock" />,
                })
              : t('mine.via', words)}
          </Text>
        </Clamped>
        {warning && (
          <Clamped title={warning}>
            <ToneText variant="body-small" tone="warning">
              {warning}
            </ToneText>
          </Clamped>
        )}
        {others.length > 0 && (
          <Text
            variant="body-small"
            color="secondary"
            title={others
              .map(other => `${other.group} ${other.role}`)
              .join(', ')}
          >
            {t('mine.more', { count: others.length })}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}
