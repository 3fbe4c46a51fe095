import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import * as z from 'zod';
import { berthApiRef } from '../../../api';
import { useNotify, useText } from '../../../kit';
import { FormDialog, FormField, useForm } from '../../../kit/form';
import { useNameCheck } from '../../../kit/hooks';
import { isUnusable, NameField } from '../../../kit/NameField';
import { UserPicker } from '../../../kit/pickers';
import { ClusterField } from './ClusterField';

const WIDTH = 560;

const SCHEMA = z.object({
  user: z.string(),
  cluster: z.string(),
  name: z.string(),
});

const FIELDS = ['user', 'cluster', 'name'];

/** Creates the personal namespace of a person under a name that an admin gives. */
export function PersonalNamespaceDialog(props: {
  /** Entity ref of the preselected person. */
  user?: string;
  /** The preselected cluster. */
  cluster?: string;
  onClose: () => void;
  onCreated: (namespace: ManagedNamespace) => void;
}) {
  const { onClose, onCreated } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const form = useForm({
    initial: {
      user: props.user ?? '',
      cluster: props.cluster ?? '',
      name: '',
    },
    schema: SCHEMA,
    fields: FIELDS,
  });
  const { user, cluster, name } = form.values;
  const nameCheck = useNameCheck(cluster, name);
  const disabledReason = reasonNotTo();

  const submit = () =>
    !disabledReason &&
    form.send(async () => {
      const made = await api.createPersonalNamespace(cluster, {
        user,
        ...(name && { name }),
      });
      notify({ message: t('newNamespace.created', { name: made.name }) });
      onCreated(made);
    });

  return (
    <FormDialog
      form={form}
      title={t('personalNamespace.title')}
      width={WIDTH}
      action={t('newNamespace.action')}
      disabledReason={disabledReason}
      failed={t('newNamespace.failed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField form={form} name="user">
        {({ value, onChange, isInvalid, describedBy }) => (
          <UserPicker
            label={t('personalNamespace.user')}
            description={t('personalNamespace.userHint')}
            value={value || undefined}
            onChange={(picked = '') => onChange(picked)}
            isInvalid={isInvalid}
            describedBy={describedBy}
          />
        )}
      </FormField>
      <ClusterField form={form} name="cluster" />
      <NameField
        name={name}
        cluster={cluster}
        check={nameCheck}
        problem={form.errorOf('name')}
        adopt={false}
        isRequired={false}
        description={t('personalNamespace.nameHint')}
        onChange={typed => form.change({ name: typed })}
      />
    </FormDialog>
  );

  function reasonNotTo(): string | undefined {
    if (!user) {
      return t('personalNamespace.needsUser');
    }
    if (!cluster) {
      return t('newNamespace.needsCluster');
    }
    return isUnusable(nameCheck.state, false)
      ? t('newNamespace.needsMending')
      : undefined;
  }
}
