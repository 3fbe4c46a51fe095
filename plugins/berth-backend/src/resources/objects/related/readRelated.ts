import { RelatedObjectList } from '@berth/plugin-berth-common';
import { ClusterKind } from '../../kinds/discovery';
import {
  groupVersionOf,
  JsonRecord,
  recordAt,
  recordsAt,
  textAt,
} from '../json';
import { ObjectCalls } from '../ObjectCalls';
import { ingressSecrets, ingressServices, routeServices } from '../references';
import { addOwners } from './owners';
import { KindName, RelatedReader } from './RelatedReader';
import {
  addOfService,
  addOfWorkload,
  addOwned,
  addUsers,
  INGRESSES,
  PODS,
  SERVICES,
} from './workloads';

const VOLUMES: KindName = ['', 'persistentvolumes'];
const CLAIMS: KindName = ['', 'persistentvolumeclaims'];
const CLASSES: KindName = ['storage.k8s.io', 'storageclasses'];

/** Reads the objects around an object: what it refers to, and what refers to it. */
export async function readRelated(
  calls: ObjectCalls,
  kind: ClusterKind,
  live: JsonRecord,
): Promise<RelatedObjectList> {
  const reader = new RelatedReader(calls, live);
  await Promise.all([
    addOwners(reader, live),
    addOfKind(reader, `${kind.group}/${kind.kind}`, live),
  ]);
  return reader.result();
}

async function addOfKind(
  reader: RelatedReader,
  kind: string,
  live: JsonRecord,
): Promise<void> {
  const name = textAt(live, 'metadata', 'name') ?? '';
  switch (kind) {
    case '/Pod':
    case 'apps/DaemonSet':
    case 'apps/Deployment':
    case 'apps/ReplicaSet':
    case 'apps/StatefulSet':
    case 'batch/CronJob':
    case 'batch/Job':
      return addOfWorkload(reader, live);
    case '/Service':
      return addOfService(reader, live);
    case 'networking.k8s.io/Ingress':
    case 'extensions/Ingress':
      await reader.addNamed(
        'uses',
        ['', 'secrets'],
        named(ingressSecrets(live)),
      );
      return reader.addNamed('routes', SERVICES, named(ingressServices(live)));
    case 'gateway.networking.k8s.io/HTTPRoute':
      return reader.addNamed('routes', SERVICES, named(routeServices(live)));
    case '/ConfigMap':
      return addUsers(reader, 'configmaps', name);
    case '/Secret':
      await addIngressesOf(reader, name);
      return addUsers(reader, 'secrets', name);
    case '/ServiceAccount':
      return addUsers(reader, 'serviceaccounts', name);
    case '/PersistentVolumeClaim':
      await addUsers(reader, 'persistentvolumeclaims', name);
      return addVolume(reader, live);
    case '/PersistentVolume':
      return addClaim(reader, live);
    case 'storage.k8s.io/StorageClass':
      return addVolumesOf(reader, name);
    case 'autoscaling/HorizontalPodAutoscaler':
      return addTarget(reader, live);
    case '/Node':
      return reader.addAll(
        'usedBy',
        PODS,
        await reader.list(PODS, { fieldSelector: `spec.nodeName=${name}` }),
      );
    case 'rbac.authorization.k8s.io/RoleBinding':
      return addRole(reader, live);
    default:
      return reader.namespace === undefined
        ? undefined
        : addOwned(reader, live);
  }
}

async function addIngressesOf(
  reader: RelatedReader,
  secret: string,
): Promise<void> {
  const found = await reader.list(INGRESSES);
  await reader.addAll(
    'usedBy',
    INGRESSES,
    found.filter(ingress => ingressSecrets(ingress).includes(secret)),
  );
}

async function addVolume(
  reader: RelatedReader,
  claim: JsonRecord,
): Promise<void> {
  const volume = textAt(claim, 'spec', 'volumeName');
  if (volume !== undefined) {
    await reader.addOne('binds', VOLUMES, { name: volume });
  }
  await addClass(reader, claim);
}

async function addClaim(
  reader: RelatedReader,
  volume: JsonRecord,
): Promise<void> {
  const claim = recordAt(volume, 'spec', 'claimRef');
  const name = textAt(claim, 'name');
  const namespace = textAt(claim, 'namespace');
  if (name !== undefined && namespace !== undefined) {
    await reader.addOne('binds', CLAIMS, {
      name,
      namespace,
      uid: textAt(claim, 'uid'),
    });
  }
  await addClass(reader, volume);
}

async function addClass(
  reader: RelatedReader,
  object: JsonRecord,
): Promise<void> {
  const name = textAt(object, 'spec', 'storageClassName');
  if (name !== undefined) {
    await reader.addOne('uses', CLASSES, { name });
  }
}

async function addVolumesOf(
  reader: RelatedReader,
  storageClass: string,
): Promise<void> {
  const volumes = await reader.list(VOLUMES, {});
  await reader.addAll(
    'usedBy',
    VOLUMES,
    volumes.filter(
      volume => textAt(volume, 'spec', 'storageClassName') === storageClass,
    ),
  );
}

async function addTarget(
  reader: RelatedReader,
  scaler: JsonRecord,
): Promise<void> {
  const target = recordAt(scaler, 'spec', 'scaleTargetRef');
  const name = textAt(target, 'name');
  const { group } = groupVersionOf(textAt(target, 'apiVersion'));
  const kind = await reader.kindNamed(group, textAt(target, 'kind') ?? '');
  if (kind && name !== undefined) {
    await reader.addOne('scales', kind, { name, namespace: reader.namespace });
  }
}

async function addRole(
  reader: RelatedReader,
  binding: JsonRecord,
): Promise<void> {
  const role = recordAt(binding, 'roleRef');
  const name = textAt(role, 'name');
  if (name !== undefined) {
    const isLocal = role.kind === 'Role';
    await reader.addOne(
      'uses',
      ['rbac.authorization.k8s.io', isLocal ? 'roles' : 'clusterroles'],
      { name, ...(isLocal && { namespace: reader.namespace }) },
    );
  }
  const accounts = recordsAt(binding, 'subjects')
    .filter(
      ({ kind, namespace }) =>
        kind === 'ServiceAccount' && namespace === reader.namespace,
    )
    .flatMap(account => textAt(account, 'name') ?? []);
  await reader.addNamed('uses', ['', 'serviceaccounts'], named(accounts));
}

function named(names: string[]): { name: string }[] {
  return names.map(name => ({ name }));
}
