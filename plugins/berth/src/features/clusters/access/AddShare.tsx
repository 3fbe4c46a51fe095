import { FormEvent, useMemo, useState } from 'react';
import { Checkbox, Flex, Text, TextField } from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, assertKubernetesGroupName } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { fieldProblemsOf, problemOf } from '../../../kit/format';
import { GroupPicker } from '../../../kit/pickers';
import {
  ActionButton,
  ClusterBanner,
  ProblemAlert,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import styles from '../../../kit/page.module.css';
import { ShareEffects } from './RemoveShareDialog';

/** Shares a cluster with one more group of the catalog. */
export function AddShare(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [group, setGroup] = useState<string>();
  const [kubernetesName, setKubernetesName] = useState('');
  const [takeOver, setTakeOver] = useState(false);
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState(0);
  const [error, setError] = useState<unknown>();

  useUnsavedChanges(group !== undefined);

  const shared = useMemo(
    () => new Set(cluster.shares.map(share => share.group)),
    [cluster],
  );
  const needsName =
    group !== undefined &&
    (!canBeKubernetesName(group) ||
      (isAboutName(error) && !isAboutFormerGroup(error)));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!group || adding) {
      return;
    }
    setAdding(true);
    setError(undefined);
    try {
      const name = kubernetesName.trim();
      await api.addShare(cluster.name, {
        group,
        ...(name && { name }),
        ...(takeOver && { takeOver }),
      });
      setGroup(undefined);
      setKubernetesName('');
      setTakeOver(false);
      setAdded(count => count + 1);
      await onChanged();
    } catch (failure) {
      setError(failure);
    }
    setAdding(false);
  };

  return (
    <form onSubmit={submit}>
      <Flex direction="column" gap="3">
        <ClusterBanner
          cluster={cluster}
          consequence={t('clusterBanner.share')}
        />
        <Text color="secondary">{t('access.add.description')}</Text>
        <div className={styles.picker}>
          {/* A new instance each time: a picker that is emptied from outside opens its list. */}
          <GroupPicker
            key={added}
            className={styles.pickerField}
            label={t('access.add.group')}
            value={group}
            taken={shared}
            onChange={chosen => {
              setGroup(chosen);
              setTakeOver(false);
              setError(undefined);
            }}
          />
          {needsName && (
            <TextField
              className={styles.pickerField}
              label={t('access.add.kubernetesName')}
              description={t('access.add.kubernetesNameHint', {
                group: parseEntityRef(group).name,
              })}
              value={kubernetesName}
              onChange={setKubernetesName}
              autoComplete="off"
            />
          )}
          <ActionButton
            type="submit"
            variant="primary"
            isPending={adding}
            disabledReason={group ? undefined : t('access.add.chooseFirst')}
          >
            {t('access.add.action')}
          </ActionButton>
        </div>
        {group !== undefined && (
          <ShareEffects
            cluster={cluster}
            group={group}
            kubernetesName={kubernetesName.trim()}
          />
        )}
        {error !== undefined && (
          <ProblemAlert error={error} title={t('access.add.failed')} />
        )}
        {(takeOver || isAboutFormerGroup(error)) && (
          <Checkbox isSelected={takeOver} onChange={setTakeOver}>
            {t('access.add.takeOver')}
          </Checkbox>
        )}
      </Flex>
    </form>
  );
}

function canBeKubernetesName(groupRef: string): boolean {
  try {
    assertKubernetesGroupName(parseEntityRef(groupRef).name);
    return true;
  } catch {
    return false;
  }
}

/** Returns whether another name fixes the error: the name is refused or taken. */
function isAboutName(error: unknown): boolean {
  return (
    error !== undefined &&
    ['invalid', 'conflict'].includes(problemOf(error).kind)
  );
}

/** Returns whether a group was created again in the catalog: the refusal is about the field that takes over. */
function isAboutFormerGroup(error: unknown): boolean {
  return fieldProblemsOf(error).some(({ path }) => path[0] === 'takeOver');
}
