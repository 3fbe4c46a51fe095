import { ReactNode, useState } from 'react';
import {
  ButtonIcon,
  Flex,
  Select,
  Text,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  GrantRequest,
  NAMESPACE_ROLES,
  NamespaceRole,
} from '@berth/plugin-berth-common';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import { useGroupTitles, useNow } from '../../../kit/hooks';
import { ActionButton, ToneText, useText } from '../../../kit';
import styles from './GrantsEditor.module.css';
import { GroupPicker } from '../../../kit/pickers/EntityPicker';
import { hasPastEnd } from './grantChanges';
import { UntilField } from '../../../kit/pickers/UntilField';

const TICK = 10_000;

/** Edits groups with their roles and ends. */
export function GrantRows(props: {
  grants: GrantRequest[];
  onChange: (grants: GrantRequest[]) => void;
  /** Whether nobody but admins has access without these groups, as a text then states; true by default. */
  isOnlyAccess?: boolean;
  /** Entity refs of groups that have a role here in another way. */
  alsoTaken?: string[];
  /** Returns a note to show below the row of a grant. */
  noteOf?: (grant: GrantRequest) => ReactNode;
}) {
  const { grants, onChange, alsoTaken = [], noteOf } = props;
  const { isOnlyAccess = true } = props;
  const t = useText();
  return (
    <Flex direction="column" gap="3">
      {grants.length > 0 && (
        <ul className={styles.rows}>
          {grants.map(grant => (
            <GrantRow
              key={grant.group}
              grant={grant}
              note={noteOf?.(grant)}
              onChange={changed =>
                onChange(
                  grants.map(other => (other === grant ? changed : other)),
                )
              }
              onRemove={() => onChange(grants.filter(other => other !== grant))}
            />
          ))}
        </ul>
      )}
      {grants.length === 0 && isOnlyAccess && (
        <Text color="secondary">{t('grants.none')}</Text>
      )}
      <AddGrant
        taken={new Set([...alsoTaken, ...grants.map(({ group }) => group)])}
        onAdd={grant => onChange([...grants, grant])}
      />
    </Flex>
  );
}

function GrantRow(props: {
  grant: GrantRequest;
  note: ReactNode;
  onChange: (grant: GrantRequest) => void;
  onRemove: () => void;
}) {
  const { grant, note, onChange, onRemove } = props;
  const { group, role } = grant;
  const named = { group: useGroupTitles([group])(group) };
  const t = useText();
  const past = hasPastEnd(grant, useNow(TICK));
  return (
    <li className={styles.row}>
      <div className={styles.fields}>
        <span className={styles.group}>
          <EntityRefLink entityRef={group} defaultKind="group" />
        </span>
        <RoleSelect
          label={t('grants.roleOf', named)}
          role={role}
          onChange={changed => onChange({ ...grant, role: changed })}
        />
        <UntilField
          label={t('grants.untilOf', named)}
          expiresAt={grant.expiresAt}
          isInvalid={past}
          onChange={expiresAt =>
            onChange({ group, role, ...(expiresAt && { expiresAt }) })
          }
        />
        <span className={styles.remove}>
          <TooltipTrigger>
            <ButtonIcon
              variant="secondary"
              icon={<RiDeleteBinLine />}
              aria-label={t('grants.remove', named)}
              onPress={onRemove}
            />
            <Tooltip>{t('grants.remove', named)}</Tooltip>
          </TooltipTrigger>
        </span>
      </div>
      {past && (
        <ToneText variant="body-small" tone="danger">
          {t('grants.past')}
        </ToneText>
      )}
      {note}
    </li>
  );
}

function AddGrant(props: {
  taken: ReadonlySet<string>;
  onAdd: (grant: GrantRequest) => void;
}) {
  const { taken, onAdd } = props;
  const t = useText();
  const [group, setGroup] = useState<string>();
  const [role, setRole] = useState<NamespaceRole>('edit');
  const [expiresAt, setExpiresAt] = useState<string>();
  const [added, setAdded] = useState(0);
  const add = () => {
    if (group) {
      onAdd({ group, role, ...(expiresAt && { expiresAt }) });
      setGroup(undefined);
      setExpiresAt(undefined);
      setAdded(added + 1);
    }
  };
  return (
    <div className={styles.fields} data-adding>
      {/* A new instance each time: a picker that is emptied from outside opens its list. */}
      <GroupPicker
        key={added}
        className={styles.group}
        label={t('grants.group')}
        value={group}
        taken={taken}
        onChange={setGroup}
      />
      <RoleSelect
        label={t('grants.role')}
        showLabel
        role={role}
        onChange={setRole}
      />
      <UntilField
        label={t('grants.until')}
        showLabel
        expiresAt={expiresAt}
        onChange={setExpiresAt}
      />
      <ActionButton
        variant="secondary"
        iconStart={<RiAddLine />}
        onPress={add}
        disabledReason={group ? undefined : t('grants.chooseFirst')}
      >
        {t('grants.add')}
      </ActionButton>
    </div>
  );
}

function RoleSelect(props: {
  label: string;
  showLabel?: boolean;
  role: NamespaceRole;
  onChange: (role: NamespaceRole) => void;
}) {
  const { label, showLabel, role, onChange } = props;
  const t = useText();
  return (
    <Select
      className={styles.role}
      {...(showLabel ? { label } : { 'aria-label': label })}
      value={role}
      onChange={key => onChange(key as NamespaceRole)}
      options={NAMESPACE_ROLES.map(name => ({
        id: name,
        label: t(`role.${name}`),
        description: t(`role.hint.${name}`),
      }))}
    />
  );
}
