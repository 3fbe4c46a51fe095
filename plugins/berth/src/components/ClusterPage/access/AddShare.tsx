import { FormEvent, useMemo, useState } from 'react';
import {
  Checkbox,
  Combobox,
  Flex,
  IdentifiedOption,
  Text,
  TextField,
} from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, assertKubernetesGroupName } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { problemOf } from '../../../format';
import { ActionButton, ProblemAlert, useText } from '../../common';
import styles from '../ClusterPage.module.css';
import { addShare } from './changeShares';
import { useGroupSearch } from './useGroupSearch';

/** Shares a cluster with one more group of the catalog. */
export function AddShare(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [group, setGroup] = useState<IdentifiedOption | null>(null);
  const [kubernetesName, setKubernetesName] = useState('');
  const [takeOver, setTakeOver] = useState(false);
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<unknown>();

  const shared = useMemo(
    () => new Set(cluster.shares.map(share => share.group)),
    [cluster],
  );
  const search = useGroupSearch();
  const options = {
    ...search,
    items: search.items.map(option => ({
      ...option,
      disabled: shared.has(option.id),
      ...(shared.has(option.id) && { description: t('access.add.already') }),
    })),
  };
  const needsName =
    group !== null &&
    (!canBeKubernetesName(group.id) ||
      (isAboutName(error) && !isAboutFormerGroup(error)));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!group || adding) {
      return;
    }
    setAdding(true);
    setError(undefined);
    try {
      await addShare(api, cluster.name, group.id, {
        kubernetesName: kubernetesName.trim(),
        takeOver,
      });
      setGroup(null);
      setKubernetesName('');
      setTakeOver(false);
      await onChanged();
    } catch (failure) {
      setError(failure);
    }
    setAdding(false);
  };

  return (
    <form onSubmit={submit}>
      <Flex direction="column" gap="3">
        <Text color="secondary">{t('access.add.description')}</Text>
        <div className={styles.picker}>
          <Combobox
            className={styles.pickerField}
            label={t('access.add.group')}
            placeholder={t('access.add.search')}
            options={options}
            search={{ mode: 'server' }}
            value={group}
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
                group: parseEntityRef(group.id).name,
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
        {search.error && (
          <ProblemAlert
            error={search.error}
            title={t('access.add.searchFailed')}
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

/** Refused names and taken names are both mended by giving another one. */
function isAboutName(error: unknown): boolean {
  return (
    error !== undefined &&
    ['invalid', 'conflict'].includes(problemOf(error).kind)
  );
}

/** The group was made again in the catalog; the refusal names the field that lets it have what was. */
function isAboutFormerGroup(error: unknown): boolean {
  return error !== undefined && problemOf(error).message.includes('"takeOver"');
}
