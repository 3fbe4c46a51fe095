import { Text } from '@backstage/ui';
import { Grant, ManagedNamespace } from '@berth/plugin-berth-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Moment,
  ShareStateLabel,
  ToneText,
  useCauseText,
  useText,
} from '../../../kit';
import { groupName } from '../../../kit/format';
import styles from './GrantsEditor.module.css';

/** Shows the state of a grant on the cluster, and why it has no effect yet. */
export function GrantNote(props: {
  grant: Grant;
  /** Whether the grant has an unsaved change, to which the state does not apply. */
  isChanged?: boolean;
}) {
  const { grant, isChanged = false } = props;
  const causeText = useCauseText();
  const { state, cause, message, warning } = grant;
  return (
    <>
      {(state !== 'Ready' || message || !isChanged) && (
        <span className={styles.line}>
          <ShareStateLabel state={state} />
          {message && (
            <Text variant="body-small" color="secondary">
              {causeText(cause, message)}
            </Text>
          )}
        </span>
      )}
      {warning && (
        <ToneText variant="body-small" tone="warning">
          {warning}
        </ToneText>
      )}
    </>
  );
}

/** Lists the person of a personal namespace and the groups with access, with their roles and ends, read-only. */
export function GrantList(props: {
  grants: Grant[];
  /** The person of a personal namespace. */
  personal?: ManagedNamespace['personal'];
}) {
  const { grants, personal } = props;
  const t = useText();
  if (grants.length === 0 && !personal) {
    return <Text color="secondary">{t('namespace.access.none')}</Text>;
  }
  return (
    <ul className={styles.rows}>
      {personal && (
        <li className={styles.row}>
          <PersonLine personal={personal} />
        </li>
      )}
      {grants.map(grant => (
        <li key={grant.group} className={styles.row}>
          <span className={styles.line}>
            <EntityRefLink entityRef={grant.group} defaultKind="group" />
            <Text weight="bold">{t(`role.${grant.role}`)}</Text>
            {grant.expiresAt && (
              <Text color="secondary">
                {t('grants.until')}{' '}
                <Moment at={grant.expiresAt} display="clock" />
              </Text>
            )}
            {grant.source === 'share' && (
              <Text variant="body-small" color="secondary">
                {t('namespace.access.share')}
              </Text>
            )}
          </span>
          <GrantNote grant={grant} />
        </li>
      ))}
    </ul>
  );
}

/** Shows the role of the person of a personal namespace, or that the person left the catalog and has none. */
function PersonLine(props: {
  personal: NonNullable<ManagedNamespace['personal']>;
}) {
  const { user, role, absent } = props.personal;
  const t = useText();
  if (absent) {
    // The catalog has no page for the person.
    return (
      <>
        <Text title={user}>{groupName(user)}</Text>
        <ToneText variant="body-small" tone="warning">
          {t('namespace.access.ownerLeft', { role: t(`role.${role}`) })}
        </ToneText>
      </>
    );
  }
  return (
    <span className={styles.line}>
      <EntityRefLink entityRef={user} defaultKind="user" />
      <Text weight="bold">{t(`role.${role}`)}</Text>
      <Text variant="body-small" color="secondary">
        {t('namespace.access.owner')}
      </Text>
    </span>
  );
}
