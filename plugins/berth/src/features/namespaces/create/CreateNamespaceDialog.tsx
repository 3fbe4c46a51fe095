import { FormEvent, useCallback, useState } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Select,
  Text,
  TextField,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { GrantRequest, ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  useGroupTitles,
  useNow,
  usePolling,
  useSizeClasses,
} from '../../../kit/hooks';
import { SystemPicker } from '../../../kit/pickers';
import { GrantRows, hasPastEnd } from '../access';
import { GroupPicker } from '../../../kit/pickers';
import {
  ActionButton,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { isUnusable, NameField } from './NameField';
import styles from './NamespaceForm.module.css';
import { SizeField } from './SizeField';
import { useNameCheck } from '../../../kit/hooks/useNameCheck';

const WIDTH = 720;
const TICK = 10_000;
const FORM_ID = 'berth-create-namespace';

/** Creates a namespace with its access and its quota. */
export function CreateNamespaceDialog(props: {
  /** Chosen already, such as by the list's filter. */
  cluster?: string;
  onClose: () => void;
  onCreated: (namespace: ManagedNamespace) => void;
}) {
  const { onClose, onCreated } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [cluster, setCluster] = useState(props.cluster ?? '');
  const [name, setName] = useState('');
  const [owner, setOwner] = useState<string>();
  const [ownerGetsIn, setOwnerGetsIn] = useState(true);
  const [system, setSystem] = useState<string>();
  const [purpose, setPurpose] = useState('');
  const [grants, setGrants] = useState<GrantRequest[]>([]);
  const [adopt, setAdopt] = useState(false);
  const [chosenSize, setChosenSize] = useState<string>();
  const sizeClasses = useSizeClasses().value ?? [];
  // No quota is a choice, not the default, but for what runs already: a quota could stop it.
  const usualSize = adopt ? undefined : sizeClasses[0]?.name;
  const sizeClass = chosenSize ?? usualSize ?? '';
  const [creating, setCreating] = useState(false);
  const [error, setError] = useState<unknown>();
  const nameCheck = useNameCheck(cluster, name, owner);
  const now = useNow(TICK);
  const titleOf = useGroupTitles(owner ? [owner] : []);
  // A role that the person gives the owner below counts, not the offer.
  const isGranted = grants.some(({ group }) => group === owner);

  const mayDiscard = useUnsavedChanges(
    Boolean(name || owner || system || purpose || sizeClass) ||
      grants.length > 0,
  );
  const disabledReason = reasonNotTo();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (disabledReason || creating) {
      return;
    }
    setCreating(true);
    setError(undefined);
    try {
      const made = await api.createNamespace(cluster, {
        name,
        ...(owner && { owner }),
        ...(system && { system }),
        ...(purpose.trim() && { purpose: purpose.trim() }),
        grants:
          owner && ownerGetsIn && !isGranted
            ? [{ group: owner, role: 'admin' }, ...grants]
            : grants,
        ...(sizeClass && { quota: { sizeClass } }),
        ...(adopt && { adopt }),
      });
      notify({
        message: t('newNamespace.created', { name }),
      });
      onCreated(made);
    } catch (failure) {
      setError(failure);
      setCreating(false);
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && mayDiscard() && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('newNamespace.title')}</DialogHeader>
      <DialogBody>
        <form id={FORM_ID} onSubmit={submit} className={styles.form}>
          <ClusterField cluster={cluster} onChange={setCluster} />
          <NameField
            name={name}
            cluster={cluster}
            check={nameCheck}
            adopt={adopt}
            onChange={setName}
          />
          <GroupPicker
            label={t('newNamespace.owner')}
            secondaryLabel={t('newNamespace.optional')}
            description={t('newNamespace.ownerHint')}
            value={owner}
            onChange={chosen => {
              setOwner(chosen);
              setOwnerGetsIn(true);
            }}
          />
          {owner && !isGranted && (
            <Checkbox isSelected={ownerGetsIn} onChange={setOwnerGetsIn}>
              {t('newNamespace.ownerGetsIn', { group: titleOf(owner) })}
            </Checkbox>
          )}
          <SystemPicker value={system} onChange={setSystem} />
          <TextField
            label={t('newNamespace.purpose')}
            secondaryLabel={t('newNamespace.optional')}
            size="small"
            value={purpose}
            onChange={setPurpose}
          />
          <SizeField sizeClass={sizeClass} onChange={setChosenSize} />
          <fieldset className={styles.fieldset}>
            <legend className={styles.legend}>
              {t('newNamespace.grants')}
            </legend>
            <Flex direction="column" gap="3">
              <Text variant="body-small" color="secondary">
                {t('newNamespace.grantsHint')}
              </Text>
              <GrantRows grants={grants} onChange={setGrants} />
            </Flex>
          </fieldset>
          <div>
            <Checkbox isSelected={adopt} onChange={setAdopt}>
              {t('newNamespace.adopt')}
            </Checkbox>
            <Text as="p" variant="body-small" color="secondary">
              {t('newNamespace.adoptHint')}
            </Text>
          </div>
          {error !== undefined && (
            <ProblemAlert error={error} title={t('newNamespace.failed')} />
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          type="submit"
          form={FORM_ID}
          variant="primary"
          isPending={creating}
          disabledReason={disabledReason}
        >
          {t('newNamespace.action')}
        </ActionButton>
      </DialogFooter>
    </Dialog>
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

function ClusterField(props: {
  cluster: string;
  onChange: (cluster: string) => void;
}) {
  const { cluster, onChange } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.listClusters(), [api]);
  const { value, error } = usePolling(load, () => undefined);
  return (
    <>
      <Select
        label={t('newNamespace.cluster')}
        placeholder={t('newNamespace.chooseCluster')}
        isRequired
        search
        value={cluster || null}
        onChange={key => onChange(String(key ?? ''))}
        options={(value?.items ?? []).map(({ name, title }) => ({
          id: name,
          label: name,
          ...(title && { description: title }),
        }))}
      />
      {error !== undefined && !value && <ProblemAlert error={error} />}
    </>
  );
}
