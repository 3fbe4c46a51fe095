import { JsonRecord, recordAt, recordsAt, textAt } from '../json';
import {
  ingressServices,
  matchesAll,
  podReferences,
  PodReference,
  podTemplateOf,
  routeServices,
  selectorText,
} from '../references';
import { isOwnedBy } from '../revisions';
import { KindName, RelatedReader } from './RelatedReader';

export const PODS: KindName = ['', 'pods'];
export const SERVICES: KindName = ['', 'services'];
export const INGRESSES: KindName = ['networking.k8s.io', 'ingresses'];
export const ROUTES: KindName = ['gateway.networking.k8s.io', 'httproutes'];
const REPLICA_SETS: KindName = ['apps', 'replicasets'];
const JOBS: KindName = ['batch', 'jobs'];
const SCALERS: KindName = ['autoscaling', 'horizontalpodautoscalers'];

/** Adds what a workload or a pod is made of and uses, and what selects and scales it. */
export async function addOfWorkload(
  reader: RelatedReader,
  live: JsonRecord,
): Promise<void> {
  await Promise.all([
    addParts(reader, live),
    addUsed(reader, live),
    addSelecting(reader, live),
    addScalers(reader, live),
  ]);
}

async function addParts(
  reader: RelatedReader,
  live: JsonRecord,
): Promise<void> {
  const { namespace } = reader;
  const labelSelector = selectorText(recordAt(live, 'spec', 'selector'));
  switch (live.kind) {
    case 'Deployment': {
      const [sets, pods] = await Promise.all([
        reader.list(REPLICA_SETS, { namespace, labelSelector }),
        reader.list(PODS, { namespace, labelSelector }),
      ]);
      const own = sets.filter(set => isOwnedBy(live, set));
      await reader.addAll('owned', REPLICA_SETS, own);
      await reader.addAll(
        'owned',
        PODS,
        pods.filter(pod => own.some(set => isOwnedBy(set, pod))),
      );
      break;
    }
    case 'CronJob': {
      const jobs = await reader.list(JOBS);
      await reader.addAll(
        'owned',
        JOBS,
        jobs.filter(job => isOwnedBy(live, job)),
      );
      break;
    }
    case 'Pod': {
      const node = textAt(live, 'spec', 'nodeName');
      if (node !== undefined) {
        await reader.addOne('runsOn', ['', 'nodes'], { name: node });
      }
      break;
    }
    default: {
      const pods = await reader.list(PODS, { namespace, labelSelector });
      await reader.addAll(
        'owned',
        PODS,
        pods.filter(pod => isOwnedBy(live, pod)),
      );
    }
  }
}

async function addUsed(reader: RelatedReader, live: JsonRecord): Promise<void> {
  const template = podTemplateOf(live);
  const references = podReferences(template);
  const plurals = [...new Set(references.map(({ plural }) => plural))];
  await Promise.all(
    plurals.map(plural =>
      reader.addNamed(
        'uses',
        ['', plural],
        references.filter(reference => reference.plural === plural),
      ),
    ),
  );
}

/** Services select the labels of the pods. */
async function addSelecting(
  reader: RelatedReader,
  live: JsonRecord,
): Promise<void> {
  const labels = recordAt(podTemplateOf(live), 'metadata', 'labels');
  if (live.kind === 'CronJob' || live.kind === 'Job') {
    return;
  }
  const services = (await reader.list(SERVICES)).filter(service => {
    const selector = recordAt(service, 'spec', 'selector');
    return Object.keys(selector).length > 0 && matchesAll(selector, labels);
  });
  await reader.addAll('selectedBy', SERVICES, services);
}

async function addScalers(
  reader: RelatedReader,
  live: JsonRecord,
): Promise<void> {
  if (!['Deployment', 'ReplicaSet', 'StatefulSet'].includes(`${live.kind}`)) {
    return;
  }
  const scalers = (await reader.list(SCALERS)).filter(scaler => {
    const target = recordAt(scaler, 'spec', 'scaleTargetRef');
    return (
      target.kind === live.kind &&
      textAt(target, 'name') === textAt(live, 'metadata', 'name')
    );
  });
  await reader.addAll('scaledBy', SCALERS, scalers);
}

/** Adds the pods behind a Service, and what routes to it. */
export async function addOfService(
  reader: RelatedReader,
  service: JsonRecord,
): Promise<void> {
  const { namespace } = reader;
  const name = textAt(service, 'metadata', 'name') ?? '';
  const selector = selectorText({
    matchLabels: recordAt(service, 'spec', 'selector'),
  });
  const addPods = async () => {
    if (selector !== undefined) {
      await reader.addAll(
        'selects',
        PODS,
        await reader.list(PODS, { namespace, labelSelector: selector }),
      );
      return;
    }
    const slices = await reader.list(['discovery.k8s.io', 'endpointslices'], {
      namespace,
      labelSelector: `kubernetes.io/service-name=${name}`,
    });
    const targets = slices
      .flatMap(slice => recordsAt(slice, 'endpoints'))
      .map(endpoint => recordAt(endpoint, 'targetRef'))
      .filter(target => target.kind === 'Pod')
      .flatMap(target => textAt(target, 'name') ?? []);
    await reader.addNamed(
      'selects',
      PODS,
      targets.map(target => ({ name: target })),
    );
  };
  const addRoutes = async (
    kind: KindName,
    servicesOf: (object: JsonRecord) => string[],
  ) => {
    const found = await reader.list(kind);
    await reader.addAll(
      'routedBy',
      kind,
      found.filter(object => servicesOf(object).includes(name)),
    );
  };
  await Promise.all([
    addPods(),
    addRoutes(INGRESSES, ingressServices),
    addRoutes(ROUTES, routeServices),
  ]);
}

const USERS: KindName[] = [
  PODS,
  ['apps', 'deployments'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['batch', 'cronjobs'],
  JOBS,
];

/** Adds the pods and workloads that use an object of their namespace. */
export async function addUsers(
  reader: RelatedReader,
  plural: PodReference['plural'],
  name: string,
): Promise<void> {
  const uses = (object: JsonRecord) =>
    podReferences(podTemplateOf(object)).some(
      reference => reference.plural === plural && reference.name === name,
    );
  await Promise.all(
    USERS.map(async kind => {
      const found = await reader.list(kind);
      const objects = found.map(
        (object): JsonRecord =>
          kind === PODS ? { ...object, kind: 'Pod' } : object,
      );
      await reader.addAll('usedBy', kind, objects.filter(uses));
    }),
  );
}

/** Adds what an object owns, of the kinds that controllers usually make. */
export async function addOwned(
  reader: RelatedReader,
  live: JsonRecord,
): Promise<void> {
  const kinds: KindName[] = [
    PODS,
    SERVICES,
    ['', 'configmaps'],
    ['apps', 'deployments'],
    ['apps', 'statefulsets'],
    ['apps', 'daemonsets'],
    JOBS,
  ];
  await Promise.all(
    kinds.map(async kind => {
      const found = await reader.list(kind);
      await reader.addAll(
        'owned',
        kind,
        found.filter(object => isOwnedBy(live, object)),
      );
    }),
  );
}
