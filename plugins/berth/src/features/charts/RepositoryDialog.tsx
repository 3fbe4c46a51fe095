import { Checkbox, Radio, RadioGroup } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ChartRepository } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useNotify, useText } from '../../kit';
import {
  Form,
  FormDialog,
  FormField,
  FormPassword,
  FormText,
  FormTextArea,
  useForm,
} from '../../kit/form';
import {
  createRequestOf,
  PROOFS,
  REPOSITORY_ALIASES,
  REPOSITORY_SCHEMA,
  RepositoryValues,
  updateRequestOf,
  valuesOf,
} from './repositoryForm';

const WIDTH = 640;

/** Adds a chart repository, or changes one that an admin added. */
export function RepositoryDialog(props: {
  /** The repository to change; a new one by default. */
  repository?: ChartRepository;
  onClose: () => void;
  /** Gets the name of a repository that is to be read now. */
  onSaved: (name: string) => void;
}) {
  const { repository, onClose, onSaved } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const form = useForm({
    initial: valuesOf(repository),
    schema: REPOSITORY_SCHEMA,
    aliases: REPOSITORY_ALIASES,
  });
  const words = repository ? 'edit' : 'add';
  const disabledReason = reasonNotTo();

  const submit = async () => {
    if (disabledReason) {
      return;
    }
    let name = '';
    const sent = await form.send(async values => {
      const saved = repository
        ? await api.updateChartRepository(
            repository.name,
            updateRequestOf(repository, values),
          )
        : await api.createChartRepository(createRequestOf(values));
      name = saved.name;
    });
    if (sent) {
      notify({ message: t(`repositories.${words}.done`, { name }) });
      onClose();
      onSaved(name);
    }
  };

  return (
    <FormDialog
      form={form}
      title={t(`repositories.${words}.title`, { name: repository?.name ?? '' })}
      width={WIDTH}
      action={t(`repositories.${words}.action`)}
      disabledReason={disabledReason}
      failed={t(`repositories.${words}.failed`)}
      onSubmit={submit}
      onClose={onClose}
    >
      {!repository && (
        <FormText
          form={form}
          name="name"
          label={t('repositories.form.name')}
          description={t('repositories.form.nameHint')}
          isRequired
          autoComplete="off"
        />
      )}
      <FormText
        form={form}
        name="url"
        label={t('repositories.form.url')}
        description={t('repositories.form.urlHint')}
        isRequired
        autoComplete="off"
      />
      <FormTextArea
        form={form}
        name="charts"
        label={t('repositories.form.charts')}
        description={t('repositories.form.chartsHint')}
      />
      <CredentialFields form={form} isStored={repository?.hasCredential} />
      <StoredFileField form={form} file="ca" isStored={repository?.hasCa} />
      <StoredFileField
        form={form}
        file="keyring"
        isStored={repository?.hasKeyring}
      />
    </FormDialog>
  );

  function reasonNotTo(): string | undefined {
    const { name, url } = form.values;
    if (!name.trim() || !url.trim()) {
      return t('repositories.form.incomplete');
    }
    return form.isChanged ? undefined : t('repositories.form.unchanged');
  }
}

const STORED_FILES = {
  ca: { data: 'caData', removes: 'removesCa' },
  keyring: { data: 'keyringData', removes: 'removesKeyring' },
} as const;

/** Replaces or removes a file that the portal keeps for a repository. */
function StoredFileField(props: {
  form: Form<RepositoryValues>;
  file: keyof typeof STORED_FILES;
  isStored?: boolean;
}) {
  const { form, file, isStored = false } = props;
  const { data, removes } = STORED_FILES[file];
  const t = useText();
  return (
    <>
      <FormTextArea
        form={form}
        name={data}
        label={t(`repositories.form.${file}`)}
        description={t(
          isStored
            ? `repositories.form.${file}Stored`
            : `repositories.form.${file}Hint`,
        )}
        isDisabled={form.values[removes]}
      />
      {isStored && (
        <Checkbox
          isSelected={form.values[removes]}
          onChange={isSelected => form.change({ [removes]: isSelected })}
        >
          {t(`repositories.form.${removes}`)}
        </Checkbox>
      )}
    </>
  );
}

function CredentialFields(props: {
  form: Form<RepositoryValues>;
  isStored?: boolean;
}) {
  const { form, isStored = false } = props;
  const t = useText();
  return (
    <>
      <FormField form={form} name="proof">
        {({ value, onChange, isInvalid, describedBy }) => (
          <RadioGroup
            label={t('repositories.form.credential')}
            description={t('repositories.form.credentialHint')}
            value={value}
            onChange={chosen => onChange(chosen as RepositoryValues['proof'])}
            isInvalid={isInvalid}
            aria-describedby={describedBy}
          >
            {PROOFS.filter(proof => proof !== 'keep' || isStored).map(proof => (
              <Radio key={proof} value={proof}>
                {t(`repositories.form.proof.${proof}`)}
              </Radio>
            ))}
          </RadioGroup>
        )}
      </FormField>
      {form.values.proof === 'password' && (
        <>
          <FormText
            form={form}
            name="username"
            label={t('repositories.form.username')}
            isRequired
            autoComplete="off"
          />
          <FormPassword
            form={form}
            name="password"
            label={t('repositories.form.password')}
            isRequired
            autoComplete="new-password"
          />
        </>
      )}
      {form.values.proof === 'token' && (
        <FormPassword
          form={form}
          name="token"
          label={t('repositories.form.token')}
          isRequired
          autoComplete="new-password"
        />
      )}
    </>
  );
}
