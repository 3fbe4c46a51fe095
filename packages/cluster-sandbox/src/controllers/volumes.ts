import {
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
} from '../resources/storage';
import { KubeObject } from '../types';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';
import { recordEvent } from './events';

const IDENTITY = controllerIdentity('persistentvolume-binder');

/** Creates a volume for every claim whose storage class exists, and deletes the volume with the claim. */
export function runVolumes(context: ControllerContext, stepMs: number): void {
  on(context, persistentVolumeClaims, ({ type, object }) => {
    if (type === 'DELETED') {
      context.queue.schedule(`release/${object.metadata.uid}`, 0, () =>
        release(context, object),
      );
    } else if (object.status?.phase === 'Pending') {
      context.queue.schedule(`bind/${object.metadata.uid}`, stepMs, () =>
        bind(context, object),
      );
    }
  });
}

function volumeName(claim: KubeObject): string {
  return `pvc-${claim.metadata.uid}`;
}

function bind(context: ControllerContext, claim: KubeObject): void {
  const { registry } = context;
  const { name, namespace, uid } = claim.metadata;
  const spec = claim.spec!;
  const storageClass = registry.find({
    definition: storageClasses,
    name: spec.storageClassName ?? '',
  });
  if (!storageClass) {
    return;
  }
  const capacity = { storage: spec.resources.requests.storage };
  const address = { definition: persistentVolumeClaims, namespace, name };
  tolerate(() => {
    registry.create(
      persistentVolumes,
      undefined,
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: volumeName(claim) },
        spec: {
          capacity,
          accessModes: spec.accessModes,
          persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
          storageClassName: storageClass.metadata.name,
          volumeMode: spec.volumeMode,
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            name,
            namespace,
            uid,
          },
          csi: {
            driver: storageClass.provisioner,
            volumeHandle: volumeName(claim),
          },
        },
        status: { phase: 'Bound' },
      },
      IDENTITY,
    );
    registry.update(
      address,
      object => ({
        ...object,
        spec: { ...object.spec, volumeName: volumeName(claim) },
      }),
      IDENTITY,
    );
    registry.update(
      address,
      object => ({
        ...object,
        status: { phase: 'Bound', accessModes: spec.accessModes, capacity },
      }),
      { ...IDENTITY, subresource: 'status' },
    );
    recordEvent(context, claim, {
      reason: 'ProvisioningSucceeded',
      message: `Successfully provisioned volume ${volumeName(claim)}`,
      component: storageClass.provisioner,
    });
  });
}

function release({ registry }: ControllerContext, claim: KubeObject): void {
  const address = { definition: persistentVolumes, name: volumeName(claim) };
  const volume = registry.find(address);
  const policy = volume?.spec?.persistentVolumeReclaimPolicy;
  tolerate(() => {
    if (policy !== 'Retain') {
      registry.delete(address, {}, IDENTITY);
      return;
    }
    registry.update(
      address,
      object => ({ ...object, status: { phase: 'Released' } }),
      { ...IDENTITY, subresource: 'status' },
    );
  });
}
