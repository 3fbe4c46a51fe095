import { cause } from '../status';
import { KubeObject } from '../types';
import { ageColumn, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function accessModes(modes: string[] | undefined): string {
  return (modes ?? []).map(mode => MODES[mode] ?? mode).join(',');
}

export const persistentVolumeClaims: ResourceDefinition = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  kind: 'PersistentVolumeClaim',
  namespaced: true,
  shortNames: ['pvc'],
  hasStatus: true,
  returnsDeleted: true,
  columns: [
    nameColumn,
    text('Status', claimStatus),
    text('Volume', object => object.spec?.volumeName ?? ''),
    text('Capacity', object => object.status?.capacity?.storage ?? ''),
    text('Access Modes', object => accessModes(object.status?.accessModes)),
    text('StorageClass', object => object.spec?.storageClassName ?? ''),
    text('VolumeAttributesClass', () => '<unset>'),
    ageColumn,
    text('VolumeMode', object => object.spec?.volumeMode, 1),
  ],
  defaults(object) {
    object.spec ??= {};
    object.spec.volumeMode ??= 'Filesystem';
  },
  prepareCreate(object) {
    object.status = { phase: 'Pending' };
  },
  validate(object) {
    const causes = [];
    if (!object.spec?.accessModes?.length) {
      causes.push(
        cause.required(
          'spec.accessModes',
          'at least 1 access mode is required',
        ),
      );
    }
    if (!object.spec?.resources?.requests?.storage) {
      causes.push(cause.required('spec.resources[storage]'));
    }
    return causes;
  },
};

function claimStatus(claim: KubeObject): string {
  return claim.metadata.deletionTimestamp
    ? 'Terminating'
    : claim.status?.phase ?? '';
}

export const persistentVolumes: ResourceDefinition = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  kind: 'PersistentVolume',
  namespaced: false,
  shortNames: ['pv'],
  hasStatus: true,
  returnsDeleted: true,
  columns: [
    nameColumn,
    text('Capacity', object => object.spec?.capacity?.storage),
    text('Access Modes', object => accessModes(object.spec?.accessModes)),
    text(
      'Reclaim Policy',
      object => object.spec?.persistentVolumeReclaimPolicy,
    ),
    text('Status', object => object.status?.phase),
    text('Claim', object => {
      const claim = object.spec?.claimRef;
      return claim ? `${claim.namespace}/${claim.name}` : '';
    }),
    text('StorageClass', object => object.spec?.storageClassName ?? ''),
    text('VolumeAttributesClass', () => '<unset>'),
    text('Reason', object => object.status?.reason ?? ''),
    ageColumn,
    text('VolumeMode', object => object.spec?.volumeMode, 1),
  ],
  defaults(object) {
    object.spec ??= {};
    object.spec.persistentVolumeReclaimPolicy ??= 'Retain';
    object.spec.volumeMode ??= 'Filesystem';
    object.status ??= { phase: 'Available' };
  },
};

export const storageClasses: ResourceDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  plural: 'storageclasses',
  singular: 'storageclass',
  kind: 'StorageClass',
  namespaced: false,
  shortNames: ['sc'],
  columns: [
    {
      ...nameColumn,
      value: object =>
        isDefaultClass(object)
          ? `${object.metadata.name} (default)`
          : object.metadata.name,
    },
    text('Provisioner', object => object.provisioner),
    text('ReclaimPolicy', object => object.reclaimPolicy),
    text('VolumeBindingMode', object => object.volumeBindingMode),
    text('AllowVolumeExpansion', object => `${!!object.allowVolumeExpansion}`),
    ageColumn,
  ],
  defaults(object) {
    object.reclaimPolicy ??= 'Delete';
    object.volumeBindingMode ??= 'Immediate';
  },
  validate(object) {
    return object.provisioner ? [] : [cause.required('provisioner')];
  },
};

export function isDefaultClass(storageClass: KubeObject): boolean {
  return (
    storageClass.metadata.annotations?.[
      'storageclass.kubernetes.io/is-default-class'
    ] === 'true'
  );
}
