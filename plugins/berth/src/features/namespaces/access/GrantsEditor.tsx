import { Button, Flex } from '@backstage/ui';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { useNow } from '../../../kit/hooks';
import {
  ActionButton,
  Loaded,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { GrantConflictAlert } from './GrantConflictAlert';
import { GrantEffects } from './GrantEffects';
import { GrantList } from './GrantList';
import { GrantNote } from './GrantNote';
import { GrantRows } from './GrantRows';
import { hasPastEnd } from './grantChanges';
import { useGrantsEditor } from './useGrantsEditor';

const TICK = 10_000;

/** Edits the access to a namespace, and shows what will happen before it is saved. */
export function GrantsEditor(props: {
  address: NamespaceAddress;
  /** Entity refs of the groups that the cluster is shared with; undefined while that is not known. */
  sharedWith?: string[];
  onSaved: () => Promise<void>;
}) {
  const { address, sharedWith, onSaved } = props;
  const t = useText();
  const notify = useNotify();
  const editing = useGrantsEditor(address);
  const { polled, saved, draft, changes } = editing;
  useUnsavedChanges(changes.length > 0);
  const now = useNow(TICK);
  const fixed = saved.filter(({ source }) => source === 'share');

  const save = async () => {
    if (await editing.save()) {
      notify({
        message: t('grants.saved', { namespace: address.namespace }),
      });
      await onSaved();
    }
  };

  return (
    <Loaded
      polled={polled}
      title={t('grants.failed')}
      render={() => (
        <Flex direction="column" gap="4">
          {editing.conflict && (
            <GrantConflictAlert conflict={editing.conflict} />
          )}
          {fixed.length > 0 && <GrantList grants={fixed} />}
          <GrantRows
            grants={draft}
            onChange={editing.change}
            alsoTaken={fixed.map(({ group }) => group)}
            noteOf={({ group }) => {
              const grant = saved.find(
                one => one.group === group && one.source === 'grant',
              );
              return (
                grant && (
                  <GrantNote
                    grant={grant}
                    isChanged={changes.some(one => one.group === group)}
                  />
                )
              );
            }}
          />
          <GrantEffects
            changes={changes}
            cluster={address.cluster}
            sharedWith={sharedWith}
          />
          {editing.error !== undefined && (
            <ProblemAlert error={editing.error} title={t('grants.failed')} />
          )}
          <Flex gap="2" align="center">
            <ActionButton
              variant="primary"
              onPress={save}
              isPending={editing.saving}
              disabledReason={disabledReason()}
            >
              {t('grants.save')}
            </ActionButton>
            {changes.length > 0 && (
              <Button variant="secondary" onPress={editing.discard}>
                {t('grants.discard')}
              </Button>
            )}
          </Flex>
        </Flex>
      )}
    />
  );

  function disabledReason(): string | undefined {
    if (changes.length === 0) {
      return t('grants.unchanged');
    }
    return draft.some(grant => hasPastEnd(grant, now))
      ? t('grants.invalid')
      : undefined;
  }
}
