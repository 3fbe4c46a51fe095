import { useMemo, useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  SearchField,
  Text,
} from '@backstage/ui';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import {
  ActionButton,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import listStyles from '../../../kit/itemList.module.css';
import { useOpenEdit } from '../openEdit';
import { textAt } from '../reading';
import { changeOf } from './dataEdit';
import { NewKey } from './NewKey';
import { useDataEdit } from './useDataEdit';
import { ValueEditor } from './ValueEditor';
import styles from './data.module.css';

const WIDTH = 960;
/** The number of keys from which a search helps. */
const MANY = 12;

/** Edits the keys and values of a ConfigMap or Secret, one at a time. */
export function DataDialog(props: {
  address: ObjectAddress;
  view: ObjectView;
  onSaved: () => Promise<void>;
  onClose: () => void;
}) {
  const { address, view, onSaved, onClose } = props;
  const { name } = address;
  const t = useText();
  const notify = useNotify();
  const edit = useDataEdit(address, view);
  const [open, setOpen] = useState<string>();
  const [search, setSearch] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  const { keys, changed, conflicts } = edit;
  const isGone = useOpenEdit();
  const kind = textAt(view.object, 'kind') ?? '';
  const mayDiscard = useUnsavedChanges(changed.length > 0);
  const leave = () => mayDiscard() && onClose();
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return keys.filter(({ key }) => key.toLowerCase().includes(wanted));
  }, [keys, search]);
  const opened = keys.find(({ key }) => key === open);

  const save = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      if (await edit.save()) {
        notify({ message: t('object.yaml.saved', { name }) });
        onClose();
        await onSaved();
        return;
      }
    } catch (error) {
      setFailure(error);
    }
    setPending(false);
  };

  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && leave()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('object.data.title', { kind, name })}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {/* What a person would type now would be lost when the dialog closes. */}
          <fieldset
            className={`${listStyles.items} ${styles.fields}`}
            disabled={isPending}
          >
            <div>
              {keys.length > MANY && (
                <SearchField
                  size="small"
                  aria-label={t('object.keys.search')}
                  placeholder={t('object.keys.search')}
                  value={search}
                  onChange={setSearch}
                />
              )}
              <ul
                className={listStyles.list}
                aria-label={t('object.keys.list')}
              >
                {shown.map(edited => {
                  const change = changeOf(edited);
                  return (
                    <li key={edited.key}>
                      <button
                        type="button"
                        aria-current={edited.key === open}
                        onClick={() => setOpen(edited.key)}
                      >
                        <span className={edited.now ? undefined : styles.gone}>
                          {edited.key}
                        </span>{' '}
                        {change && (
                          <span className={styles.change}>
                            {t(`object.data.${change}`)}
                          </span>
                        )}
                      </button>
                    </li>
                  );
                })}
              </ul>
              <NewKey
                keys={keys}
                onAdd={key => {
                  edit.set(key, { kind: 'text', text: '' });
                  setSearch('');
                  setOpen(key);
                }}
              />
            </div>
            <div className={listStyles.content}>
              {opened ? (
                <ValueEditor
                  key={opened.key}
                  address={address}
                  edited={opened}
                  edit={edit}
                />
              ) : (
                <Text color="secondary">{t('object.data.choose')}</Text>
              )}
            </div>
          </fieldset>
          {isGone && (
            <Alert
              role="alert"
              status="danger"
              icon
              title={t('object.gone.unknown.title', { kind, name })}
              description={t('object.data.gone')}
            />
          )}
          {conflicts.length > 0 && (
            <Alert
              role="alert"
              status="warning"
              icon
              title={t('object.data.conflict', { paths: conflicts.join(', ') })}
              description={t('object.data.conflictNext')}
            />
          )}
          {failure !== undefined && (
            <ProblemAlert error={failure} title={t('object.yaml.refused')} />
          )}
          <Text variant="body-small" color="secondary">
            {t('object.data.effect')}
          </Text>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={leave}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          variant="primary"
          isPending={isPending}
          disabledReason={reasonOf()}
          onPress={save}
        >
          {label()}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );

  function label(): string {
    if (conflicts.length > 0) {
      return t('object.data.overwrite');
    }
    return changed.length === 0
      ? t('object.yaml.save')
      : t('object.data.save', { count: changed.length });
  }

  function reasonOf(): string | undefined {
    if (isGone) {
      return t('object.gone.unknown.title', { kind, name });
    }
    if (changed.length === 0) {
      return t('object.data.unchanged');
    }
    return edit.isTooLong ? t('object.data.tooLong') : undefined;
  }
}
