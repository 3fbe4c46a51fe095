import { useEffect, useId } from 'react';
import { Alert, Radio, RadioGroup, Text } from '@backstage/ui';
import { Cluster, NAMESPACE_ROLES } from '@berth/plugin-berth-common';
import { useText } from '../../../../kit';
import styles from '../RequestForm.module.css';
import { RequestFormState } from '../requestForm';
import { KINDS } from '../../list/requestsQuery';
import { formOf } from '../../../../kit/quota';
import { FormField, FormSelect } from '../../../../kit/form';
import { SystemPicker, UntilField } from '../../../../kit/pickers';
import { useAccess, useGroupTitles } from '../../../../kit/hooks';

/** Chooses the role, with a description of the chosen one. */
export function RoleField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { role } = form.values;
  const hintId = useId();
  return (
    <div className={styles.choice}>
      <RadioGroup
        label={t('requestForm.role')}
        aria-describedby={hintId}
        orientation="horizontal"
        value={role}
        onChange={chosen =>
          form.change({
            role: NAMESPACE_ROLES.find(one => one === chosen) ?? role,
          })
        }
      >
        {[...NAMESPACE_ROLES].reverse().map(one => (
          <Radio key={one} value={one}>
            {t(`role.${one}`)}
          </Radio>
        ))}
      </RadioGroup>
      <Text as="p" id={hintId} variant="body-small" color="secondary">
        {t(`role.hint.${role}`)}
      </Text>
    </div>
  );
}

/** Chooses the kind of the request. */
export function KindField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { kind } = form.values;
  const hintId = useId();
  return (
    <div className={styles.choice}>
      <RadioGroup
        aria-label={t('requestForm.kind')}
        aria-describedby={hintId}
        orientation="horizontal"
        value={kind}
        onChange={chosen => {
          const next = KINDS.find(one => one === chosen);
          if (next) {
            // Another kind has other bounds.
            form.change({ kind: next, quota: formOf() });
          }
        }}
      >
        {KINDS.map(one => (
          <Radio key={one} value={one}>
            {t(`requestForm.kinds.${one}`)}
          </Radio>
        ))}
      </RadioGroup>
      <Text as="p" id={hintId} variant="body-small" color="secondary">
        {t(`requestForm.kinds.${kind}Hint`)}
      </Text>
    </div>
  );
}

/** Chooses the catalog's system that a new namespace is part of. */
export function SystemField({ form }: { form: RequestFormState }) {
  return (
    <FormField form={form} name="system">
      {({ value, onChange, isInvalid, describedBy }) => (
        <SystemPicker
          value={value || undefined}
          onChange={(system = '') => onChange(system)}
          isInvalid={isInvalid}
          describedBy={describedBy}
        />
      )}
    </FormField>
  );
}

/** Chooses the end of the group's access. */
export function EndField({ form }: { form: RequestFormState }) {
  const t = useText();
  const hintId = useId();
  return (
    <FormField form={form} name="expiresAt">
      {({ value, onChange, isInvalid, describedBy }) => (
        <>
          <div className={styles.moment}>
            <UntilField
              label={t('requestForm.expiresAt')}
              showLabel
              secondaryLabel={t('requestForm.optional')}
              expiresAt={value}
              isInvalid={isInvalid}
              describedBy={`${hintId} ${describedBy}`}
              onChange={onChange}
            />
          </div>
          <Text as="p" id={hintId} variant="body-small" color="secondary">
            {t('requestForm.expiresHint')}
          </Text>
        </>
      )}
    </FormField>
  );
}

/**
 * Chooses one of the caller's groups. Groups that the cluster is shared with come first: only they can have access
 * there.
 */
export function GroupField(props: {
  form: RequestFormState;
  /** Undefined while not chosen or unknown. */
  cluster?: Cluster;
}) {
  const { form, cluster } = props;
  const t = useText();
  const { value: access } = useAccess();
  const { group } = form.values;
  const { change } = form;
  const groups = access?.groups ?? [];
  const isShared = (ref: string) =>
    !cluster || cluster.shares.some(share => share.group === ref);
  const shared = groups.filter(isShared);
  const only = shared.length === 1 ? shared[0] : undefined;
  useEffect(() => {
    if (only && !group) {
      change({ group: only });
    }
    // Only newly loaded options are chosen automatically.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [only]);
  const offered = [
    ...new Set([...shared, ...groups, ...(group ? [group] : [])]),
  ];
  const titleOf = useGroupTitles(offered);
  if (access && groups.length === 0) {
    return (
      <Alert
        role="status"
        status="warning"
        icon
        title={t('requestForm.noGroupsTitle')}
        description={t('requestForm.noGroups')}
      />
    );
  }
  return (
    <FormSelect
      form={form}
      name="group"
      label={t('requestForm.group')}
      description={t('requestForm.groupHint')}
      placeholder={t('requestForm.chooseGroup')}
      options={offered.map(ref => ({
        id: ref,
        label: titleOf(ref),
        ...(!isShared(ref) && {
          description: t('requestForm.notShared', {
            cluster: cluster?.name ?? '',
          }),
        }),
      }))}
    />
  );
}
