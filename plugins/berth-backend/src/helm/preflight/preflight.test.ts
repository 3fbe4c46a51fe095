import { PersonClient, PersonRequest } from '../../kube';
import { Placed } from '../releases/liveObjects';
import { exceededQuotas } from './quota';
import {
  NeededRight,
  PlacedObject,
  rightsForObjects,
  rightsForStorage,
} from './neededRights';
import { reviewRights } from './reviewRights';
import { helpFor, missingRight } from './rightWords';

const { signal } = new AbortController();

function object(
  kind: string,
  plural: string,
  name: string,
  more: Partial<Placed> = {},
): PlacedObject {
  return {
    wanted: { kind, name, hook: false, apiVersion: 'v1', object: {} },
    placed: { kind, plural, name, apiVersion: 'v1', group: 'core', ...more },
  };
}

const inShop = { namespace: 'shop' };

describe('the rights that an operation takes', () => {
  it('follow from the objects, each once with their names', () => {
    const web = { ...inShop, apiVersion: 'apps/v1' };
    const rights = rightsForObjects({
      updated: [
        object('Deployment', 'deployments', 'a', web),
        object('Deployment', 'deployments', 'b', web),
      ],
      created: [
        object('ClusterRole', 'clusterroles', 'c', {
          apiVersion: 'rbac.authorization.k8s.io/v1',
        }),
      ],
      deleted: [object('ConfigMap', 'configmaps', 'd', inShop)],
      hooks: [
        object('Job', 'jobs', 'e', { ...inShop, apiVersion: 'batch/v1' }),
      ],
      method: 'ssa',
    });
    expect(
      rights.map(({ verb, group, resource, namespace = '-', names }) =>
        [verb, `${resource}.${group}`, namespace, names.join()].join(' '),
      ),
    ).toEqual([
      'get deployments.apps shop a,b',
      'patch deployments.apps shop a,b',
      'get clusterroles.rbac.authorization.k8s.io - c',
      'create clusterroles.rbac.authorization.k8s.io - c',
      'patch clusterroles.rbac.authorization.k8s.io - c',
      'get configmaps. shop d',
      'delete configmaps. shop d',
      'get jobs.batch shop e',
      'create jobs.batch shop e',
      'delete jobs.batch shop e',
      'list jobs.batch shop e',
      'watch jobs.batch shop e',
    ]);
  });

  it.each([
    ['upgrade', { deletesOldest: true }, 'get,list,update,create,delete'],
    ['rollback', {}, 'get,list,update,create'],
    ['uninstall', {}, 'get,list,update,delete'],
    ['uninstall', { keepHistory: true }, 'get,list,update'],
    ['test', {}, 'get,list,update'],
  ] as const)('to the Secrets of %s %j are %s', (kind, options, verbs) => {
    const rights = rightsForStorage(kind, 'shop', options);
    expect(rights.map(({ verb }) => verb).join()).toBe(verbs);
  });
});

describe('the review of rights', () => {
  /** A cluster that knows rules for namespaces, and answers single questions with `may`. */
  function aCluster(answer: {
    rules?: object[];
    incomplete?: boolean;
    may?: (of: any) => boolean;
  }) {
    const asked: PersonRequest[] = [];
    const client = {
      server: 'prod:6443',
      request: async (request: PersonRequest) => {
        asked.push(request);
        const { kind, spec } = request.body!.content as any;
        return kind === 'SelfSubjectRulesReview'
          ? {
              status: {
                resourceRules: answer.rules ?? [],
                incomplete: answer.incomplete ?? false,
              },
            }
          : {
              status: {
                allowed: answer.may?.(spec.resourceAttributes) ?? false,
              },
            };
      },
    } as unknown as PersonClient;
    return { asked, client };
  }
  const right = (
    verb: string,
    resource: string,
    names: string[] = [],
    namespace: string | undefined = 'shop',
  ): NeededRight => ({
    ...{ verb, resource, names, group: '' },
    ...(namespace !== '' && { namespace }),
  });
  const rule = (
    verbs: string[],
    resources: string[],
    resourceNames: string[] = [],
  ) => ({ apiGroups: [''], verbs, resources, resourceNames });

  it('asks once for a namespace, and reads the rules as RBAC does', async () => {
    const { asked, client } = aCluster({
      rules: [
        rule(['get'], ['*']),
        rule(['patch'], ['configmaps'], ['a', 'b']),
        rule(['create'], ['secrets'], ['x']),
        rule(['*'], ['pods/log']),
      ],
    });
    const needed = [
      right('get', 'anything'),
      right('patch', 'configmaps', ['a', 'b']),
      right('patch', 'configmaps', ['a', 'c']),
      right('create', 'secrets', ['x']),
      right('get', 'pods/log'),
      right('delete', 'secrets'),
    ];
    const reviewed = await reviewRights(client, needed, signal);
    expect(reviewed.map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(asked).toHaveLength(1);
  });

  it('asks one by one about the whole cluster and where rules are incomplete, at most 30 times', async () => {
    const { asked, client } = aCluster({
      incomplete: true,
      may: ({ verb, name }) => verb === 'get' || name === 'a',
    });
    const cluster = ['get', 'patch'].map(verb =>
      right(verb, 'nodes', ['a'], ''),
    );
    const reviewed = await reviewRights(
      client,
      [
        ...cluster,
        right('get', 'pods'),
        right('delete', 'pods', ['a', 'b']),
        ...Array.from({ length: 40 }, () => right('update', 'pods')),
      ],
      signal,
    );
    expect(reviewed.slice(0, 4).map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(reviewed.at(-1)).not.toHaveProperty('allowed');
    expect(asked).toHaveLength(31);
  });

  it('names what is missing and who can help', () => {
    const ofCluster = {
      verb: 'create',
      group: 'rbac.authorization.k8s.io',
      resource: 'clusterroles',
      names: ['x'],
    };
    expect(missingRight(ofCluster, 'prod')).toBe(
      'You may not create clusterroles.rbac.authorization.k8s.io "x" on prod',
    );
    expect(helpFor(ofCluster)).toContain('a platform admin can do it');
    const roles = { ...ofCluster, resource: 'roles', namespace: 'shop' };
    expect(helpFor(roles)).toBe(
      'The role admin of the namespace shop allows it; an owner of the namespace can give it',
    );
    expect(helpFor(right('patch', 'secrets'))).toContain(
      'The role edit of the namespace shop',
    );
    expect(helpFor(right('create', 'resourcequotas'))).toContain(
      'Ask a platform admin',
    );
  });
});

describe('exceededQuotas', () => {
  const workload = (kind: string, count: object, requests: object) => ({
    kind,
    spec: {
      ...count,
      template: { spec: { containers: [{ resources: { requests } }, {}] } },
    },
  });
  const quota = (hard: object, used: object, spec: object = {}) => ({
    metadata: { name: 'q' },
    spec,
    status: { hard, used },
  });

  it('counts what an upgrade adds', () => {
    const before = [workload('Deployment', { replicas: 1 }, { cpu: '500m' })];
    const after = [
      workload('Deployment', { replicas: 3 }, { cpu: '500m' }),
      workload('Job', {}, { memory: '1Gi' }),
      { kind: 'Pod', spec: { containers: [] } },
    ];
    const quotas = [
      quota(
        { pods: '5', cpu: '2', 'requests.memory': '4Gi', services: '1' },
        { pods: '3', cpu: '1', 'requests.memory': '3584Mi' },
      ),
    ];
    expect(exceededQuotas(before, after, quotas)).toEqual([
      'The quota q has 2 of pods left, and the change needs 4 more',
      'The quota q has 512Mi of requests.memory left, and the change needs 1Gi more',
    ]);
    expect(exceededQuotas(after, before, quotas)).toEqual([]);
    expect(
      exceededQuotas(before, after, [
        quota({ pods: '1' }, { pods: '1' }, { scopes: ['Terminating'] }),
      ]),
    ).toEqual([]);
  });
});
