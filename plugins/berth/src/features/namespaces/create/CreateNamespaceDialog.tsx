import { Checkbox, Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import * as z from 'zod';
import { berthApiRef } from '../../../api';
import { useNotify, useText } from '../../../kit';
import { FormDialog, FormField, FormText, useForm } from '../../../kit/form';
import {
  useGroupTitles,
  useNameCheck,
  useNow,
  useSizeClasses,
} from '../../../kit/hooks';
import { GroupPicker, SystemPicker } from '../../../kit/pickers';
import { GrantRows, grantsSchema, hasPastEnd } from '../access';
import { isUnusable, NameField } from '../../../kit/NameField';
import { usualSizeOf } from '../../../kit/quota';
import { ClusterField } from './ClusterField';
import { SizeField } from './SizeField';
import styles from './NamespaceForm.module.css';

const WIDTH = 720;
const TICK = 10_000;

const SCHEMA = z.object({
  cluster: z.string(),
  name: z.string(),
  owner: z.string(),
  ownerGetsIn: z.boolean(),
  system: z.string(),
  purpose: z.string(),
  /** Undefined until a size is chosen; empty for none. */
  size: z.string().optional(),
  grants: grantsSchema,
  adopt: z.boolean(),
});

type Values = z.infer<typeof SCHEMA>;

const EMPTY: Values = {
  cluster: '',
  name: '',
  owner: '',
  ownerGetsIn: true,
  system: '',
  purpose: '',
  grants: [],
  adopt: false,
};

/** The fields that show an error. */
const FIELDS = [
  'cluster',
  'name',
  'owner',
  'system',
  'purpose',
  'size',
  'grants',
];

/** The API's name for the size. */
const ALIASES = { quota: 'size' };

/** Creates a namespace with its access and its quota. */
export function CreateNamespaceDialog(props: {
  /** The preselected cluster, such as the list's filter. */
  cluster?: string;
  onClose: () => void;
  onCreated: (namespace: ManagedNamespace) => void;
}) {
  const { onClose, onCreated } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const form = useForm({
    initial: { ...EMPTY, cluster: props.cluster ?? '' },
    schema: SCHEMA,
    fields: FIELDS,
    aliases: ALIASES,
  });
  const { cluster, name, owner, grants, adopt } = form.values;
  const sizeClasses = useSizeClasses().value ?? [];
  // No quota is a valid choice. It is the default only for an adopted namespace, as a quota could stop its running
  // workloads.
  const usualSize = adopt ? '' : usualSizeOf(sizeClasses)?.name ?? '';
  const size = form.values.size ?? usualSize;
  const nameCheck = useNameCheck(cluster, name, owner || undefined, adopt);
  const now = useNow(TICK);
  const titleOf = useGroupTitles(owner ? [owner] : []);
  // A role that the person gives the owner below replaces the offered one.
  const isGranted = grants.some(({ group }) => group === owner);
  const disabledReason = reasonNotTo();

  const submit = () =>
    !disabledReason &&
    form.send(async ({ ownerGetsIn, system, purpose }) => {
      const created = await api.createNamespace(cluster, {
        name,
        ...(owner && { owner }),
        ...(system && { system }),
        ...(purpose.trim() && { purpose: purpose.trim() }),
        grants:
          owner && ownerGetsIn && !isGranted
            ? [{ group: owner, role: 'admin' }, ...grants]
            : grants,
        ...(size && { quota: { sizeClass: size } }),
        ...(adopt && { adopt }),
      });
      notify({ message: t('newNamespace.created', { name: created.name }) });
      onCreated(created);
    });

  return (
    <FormDialog
      form={form}
      title={t('newNamespace.title')}
      width={WIDTH}
      action={t('newNamespace.action')}
      disabledReason={disabledReason}
      failed={t('newNamespace.failed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <ClusterField form={form} name="cluster" />
      <NameField
        name={name}
        cluster={cluster}
        check={nameCheck}
        problem={form.errorOf('name')}
        adopt={adopt}
        onChange={typed => form.change({ name: typed })}
      />
      <FormField form={form} name="owner">
        {({ value, isInvalid, describedBy }) => (
          <GroupPicker
            label={t('newNamespace.owner')}
            secondaryLabel={t('newNamespace.optional')}
            description={t('newNamespace.ownerHint')}
            value={value || undefined}
            onChange={(picked = '') =>
              form.change({ owner: picked, ownerGetsIn: true })
            }
            isInvalid={isInvalid}
            describedBy={describedBy}
          />
        )}
      </FormField>
      {owner && !isGranted && (
        <Checkbox
          isSelected={form.values.ownerGetsIn}
          onChange={ownerGetsIn => form.change({ ownerGetsIn })}
        >
          {t('newNamespace.ownerGetsIn', { group: titleOf(owner) })}
        </Checkbox>
      )}
      <FormField form={form} name="system">
        {({ value, onChange, isInvalid, describedBy }) => (
          <SystemPicker
            value={value || undefined}
            onChange={(picked = '') => onChange(picked)}
            isInvalid={isInvalid}
            describedBy={describedBy}
          />
        )}
      </FormField>
      <FormText
        form={form}
        name="purpose"
        label={t('newNamespace.purpose')}
        secondaryLabel={t('newNamespace.optional')}
        size="small"
      />
      <FormField form={form} name="size">
        {({ onChange }) => <SizeField sizeClass={size} onChange={onChange} />}
      </FormField>
      <fieldset className={styles.fieldset}>
        <legend className={styles.legend}>{t('newNamespace.grants')}</legend>
        <Flex direction="column" gap="3">
          <Text variant="body-small" color="secondary">
            {t('newNamespace.grantsHint')}
          </Text>
          <FormField form={form} name="grants">
            {({ onChange }) => (
              <GrantRows grants={grants} onChange={onChange} />
            )}
          </FormField>
        </Flex>
      </fieldset>
      <div>
        <Checkbox
          isSelected={adopt}
          onChange={chosen => form.change({ adopt: chosen })}
        >
          {t('newNamespace.adopt')}
        </Checkbox>
        <Text as="p" variant="body-small" color="secondary">
          {t('newNamespace.adoptHint')}
        </Text>
      </div>
    </FormDialog>
  );

  function reasonNotTo(): string | undefined {
    if (!cluster) {
      return t('newNamespace.needsCluster');
    }
    if (nameCheck.state === 'empty') {
      return t('newNamespace.needsName');
    }
    const isRefused =
      isUnusable(nameCheck.state, adopt) ||
      grants.some(grant => hasPastEnd(grant, now));
    return isRefused ? t('newNamespace.needsMending') : undefined;
  }
}
