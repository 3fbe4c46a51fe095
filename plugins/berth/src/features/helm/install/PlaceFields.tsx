import { Select, TextField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { helmReleaseName } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ProblemAlert, useText } from '../../../kit';
import { useAccess, useClusters } from '../../../kit/hooks';
import { readPages, usePolled } from '../../../kit/query';

/** The API returns no more namespaces in a page. */
const PAGE = 500;
/** More namespaces than anyone chooses from. */
const MOST_NAMESPACES = 5_000;

/** Where a release shall be. */
export interface Place {
  /** Empty until the person chooses. */
  cluster: string;
  /** Empty until the person chooses. */
  namespace: string;
  release: string;
}

/** Chooses the cluster, the namespace and the name of a new release. */
export function PlaceFields(props: {
  place: Place;
  isDisabled: boolean;
  onChange: (place: Place) => void;
}) {
  const { place, isDisabled, onChange } = props;
  const { cluster, namespace, release } = place;
  const t = useText();
  const clusters = useClusters();
  const namespaces = useNamespacesOn(cluster);
  const { error: problem } = helmReleaseName.safeParse(release);
  const failure = clusters.value ? namespaces.error : clusters.error;
  return (
    <>
      <Select
        label={t('helm.column.cluster')}
        placeholder={t('helm.install.chooseCluster')}
        search
        isRequired
        isDisabled={isDisabled}
        value={cluster || null}
        options={optionsOf(
          cluster,
          clusters.value?.items.map(({ name }) => name),
        )}
        onChange={key =>
          onChange({ ...place, cluster: String(key), namespace: '' })
        }
      />
      <Select
        label={t('helm.column.namespace')}
        placeholder={t('helm.install.chooseNamespace')}
        search
        isRequired
        isDisabled={isDisabled || cluster === ''}
        value={namespace || null}
        options={optionsOf(namespace, namespaces.value)}
        onChange={key => onChange({ ...place, namespace: String(key) })}
      />
      <TextField
        label={t('helm.install.release')}
        isRequired
        isDisabled={isDisabled}
        value={release}
        validate={() => problem?.issues[0].message}
        validationBehavior="aria"
        onChange={value => onChange({ ...place, release: value.trim() })}
      />
      {failure !== undefined && <ProblemAlert error={failure} />}
    </>
  );
}

/** A choice that a link names stays until the list is known. */
function optionsOf(chosen: string, names: string[] = []) {
  const known = chosen === '' || names.includes(chosen);
  return (known ? names : [chosen, ...names]).map(name => ({
    id: name,
    label: name,
  }));
}

/** Loads the namespaces in which the person can have releases: those of their groups, and all for platform admins. */
function useNamespacesOn(cluster: string) {
  const api = useApi(berthApiRef);
  const { value: access } = useAccess();
  const mine = !access?.admin;
  return usePolled({
    key: ['namespaces', 'install', cluster, mine],
    load: async () => {
      if (cluster === '') {
        return [];
      }
      const namespaces = await readPages(MOST_NAMESPACES, page =>
        api.listNamespaces({
          ...{ cluster, limit: PAGE, ...page },
          ...(mine && { mine }),
        }),
      );
      return namespaces.map(({ name }) => name);
    },
  });
}
