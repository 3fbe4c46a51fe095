import { Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { GrantRequest } from '@berth/plugin-berth-common';
import { formatMoment } from '../../../kit/format';
import { useGroupTitles } from '../../../kit/hooks';
import { ToneText, useText } from '../../../kit';
import styles from './GrantsEditor.module.css';
import { GrantChange } from './grantChanges';

/** Lists the effects of unsaved changes to the access, one sentence each. */
export function GrantEffects(props: {
  changes: GrantChange[];
  cluster: string;
  sharedWith?: string[];
}) {
  const { changes, cluster, sharedWith } = props;
  const t = useText();
  const titleOf = useGroupTitles(changes.map(({ group }) => group));
  const changeText = useChangeText(titleOf);
  if (changes.length === 0) {
    return null;
  }
  const notShared = changes.filter(
    ({ group, after }) => after && sharedWith && !sharedWith.includes(group),
  );
  return (
    <Flex direction="column" gap="2" role="status">
      <Text weight="bold">{t('grants.effect')}</Text>
      <ul className={styles.effects}>
        {changes.map(change => (
          <li key={change.group}>{changeText(change)}</li>
        ))}
        {notShared.map(({ group }) => (
          <li key={group}>
            <ToneText tone="warning">
              {t('grants.notShared', { cluster, group: titleOf(group) })}
            </ToneText>
          </li>
        ))}
      </ul>
    </Flex>
  );
}

function useChangeText(
  titleOf: (group: string) => string,
): (change: GrantChange) => string {
  const t = useText();
  const roleText = useRoleText();
  const endText = useEndText();
  return ({ group, before, after }) => {
    if (!after) {
      return t('grants.willLose', {
        group: titleOf(group),
        role: before ? roleText(before) : '',
      });
    }
    if (!before) {
      return t('grants.willGet', {
        group: titleOf(group),
        role: roleText(after),
      });
    }
    return before.role === after.role
      ? t('grants.willEnd', {
          group: titleOf(group),
          role: t(`role.${after.role}`),
          before: endText(before),
          after: endText(after),
        })
      : t('grants.willChange', {
          group: titleOf(group),
          before: roleText(before),
          after: roleText(after),
        });
  };
}

function useEndText(): (grant: GrantRequest) => string {
  const t = useText();
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return ({ expiresAt }) =>
    expiresAt
      ? t('grants.end', {
          when: formatMoment(expiresAt, Date.now(), language).clock,
        })
      : t('grants.noEnd');
}

/** Writes a role with its end, such as `edit until 1 Dec, 18:00`. */
export function useRoleText(): (grant: GrantRequest) => string {
  const t = useText();
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return ({ role, expiresAt }) =>
    expiresAt
      ? t('grants.roleUntil', {
          role: t(`role.${role}`),
          when: formatMoment(expiresAt, Date.now(), language).clock,
        })
      : t(`role.${role}`);
}
