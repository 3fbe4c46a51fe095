import { FakeCluster } from '../../../../__testUtils__/FakeCluster';
import {
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  CLUSTER_ROLE_BINDINGS,
  CLUSTER_ROLES,
  KubeError,
  KubeObject,
  KubeResource,
} from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { pullSecretObjects } from '../../../model/pullSecrets';
import { CLUSTER } from '../../../reconciler/__testUtils__/fakes';
import { unexpectedRights } from '../rights';
import { CheckContext } from '../types';
import { pullSecretsCheck } from './pullSecrets';

const RESOURCES: KubeResource[] = [
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  CLUSTER_ROLES,
  CLUSTER_ROLE_BINDINGS,
];

/** A cluster with the feature for some names. */
function clusterWith(names: string[], changes: Partial<ClusterRecord> = {}) {
  const client = new FakeCluster();
  const cluster = { ...CLUSTER, ...changes };
  const objects = pullSecretObjects({
    groupsPrefix: cluster.groupsPrefix,
    serviceAccount: cluster.connection === 'serviceAccount',
    names,
  }).map(({ object }) => object as KubeObject);
  objects.forEach((object, index) => client.put(RESOURCES[index], object));
  return { client, cluster, objects };
}

function check(
  { client, cluster }: { client: FakeCluster; cluster: ClusterRecord },
  pullSecrets: string[],
) {
  return pullSecretsCheck({ pullSecrets }).run({
    cluster,
    client,
    anonymous: client,
    facts: {},
    signal: new AbortController().signal,
  } satisfies CheckContext);
}

describe('the check of pull secrets', () => {
  it.each([{}, { connection: 'serviceAccount', groupsPrefix: 'oidc:' }])(
    'P14 passes with the objects of the manifest: %j',
    async changes => {
      const finding = await check(clusterWith(['harbor'], changes), ['harbor']);
      expect(finding).toEqual({
        status: 'Passed',
        message: 'As in the manifest',
      });
    },
  );

  it('skips clusters without the feature, and those that the portal may not read', async () => {
    const without = { client: new FakeCluster(), cluster: CLUSTER };
    expect((await check(without, ['harbor'])).status).toBe('Skipped');
    without.client.before = () => {
      throw new KubeError('Forbidden', 'no');
    };
    expect((await check(without, ['harbor'])).status).toBe('Skipped');
  });

  it.each<[string, number, string]>([
    [
      'policy',
      0,
      'ValidatingAdmissionPolicy pull-secrets.berth.dev is missing',
    ],
    [
      'binding of the policy',
      1,
      'ValidatingAdmissionPolicyBinding pull-secrets.berth.dev is missing',
    ],
    ['binding', 3, 'ClusterRoleBinding berth:pull-secrets is missing'],
  ])('P14 fails without the %s', async (_what, index, message) => {
    const world = clusterWith(['harbor']);
    const { name } = world.objects[index].metadata;
    await world.client.delete(RESOURCES[index], { name }, {});
    expect(await check(world, ['harbor'])).toMatchObject({
      status: 'Failed',
      cause: 'Differs',
      message: expect.stringContaining(message),
    });
  });

  it('P14 fails with the objects for other names, and with more rights', async () => {
    const world = clusterWith(['harbor']);
    const { message } = await check(world, ['harbor', 'ghcr']);
    expect(message).toMatch(
      /policy pull-secrets.berth.dev differs.*lacks create secrets "berth-pull-ghcr"/i,
    );
    const wider = { ...world.objects[2] } as KubeObject & { rules: object[] };
    world.client.put(CLUSTER_ROLES, {
      ...wider,
      rules: [
        ...wider.rules,
        { apiGroups: [''], resources: ['secrets'], verbs: ['list'] },
      ],
    } as KubeObject);
    expect((await check(world, ['harbor'])).message).toContain(
      'gives list secrets as well',
    );
  });

  it('P14 fails where the portal may not read the policy', async () => {
    const world = clusterWith(['harbor']);
    world.client.before = call => {
      if (call.startsWith('get ValidatingAdmissionPolicy')) {
        throw new KubeError('Forbidden', 'no');
      }
    };
    expect((await check(world, ['harbor'])).message).toContain(
      'ValidatingAdmissionPolicy pull-secrets.berth.dev may not be read',
    );
  });

  it('S39 counts as unexpected any right on Secrets but those by name', () => {
    const right = { verb: 'patch', group: '', resource: 'secrets' };
    const named = { ...right, name: 'berth-pull-harbor' };
    expect(unexpectedRights([named], ['harbor'])).toEqual([]);
    expect(unexpectedRights([named])).toEqual([named]);
    const more = [right, { ...named, verb: 'get' }, { ...named, name: 'x' }];
    expect(unexpectedRights(more, ['harbor'])).toEqual(more);
  });
});
