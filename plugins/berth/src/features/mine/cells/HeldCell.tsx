import { Cell, Text } from '@backstage/ui';
import { Grant } from '@berth/plugin-berth-common';
import { useAccess } from '../../../kit/hooks';
import {
  Clamped,
  GroupPath,
  Moment,
  ToneText,
  TwoLines,
  useText,
} from '../../../kit';

/** The strongest role, the groups through which the person holds it, and its end. */
export function HeldCell({ grants }: { grants: Grant[] }) {
  const t = useText();
  const { value: access } = useAccess();
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
    group: <GroupPath path={access?.paths?.[group] ?? [group]} />,
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
