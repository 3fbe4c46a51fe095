/* eslint-disable jest/no-export -- cases that two test files share */
import { create, TEAM, TeamCluster, until } from './TeamCluster';

const NODE = 'core/nodes/gpu-1';
const MIG = '/clusters/prod/nodes/gpu-1/mig';
const PODS = `/api/v1/namespaces/${TEAM}/pods`;

/** Describes the routes of nodes. The same cases run against the sandbox and against a real control plane. */
export function describeNodes(team: () => TeamCluster): void {
  const uidOf = async (path: string): Promise<string> =>
    (await team().get(path, 'admin')).body.object.metadata.uid;
  const node = () => team().live('/api/v1/nodes/gpu-1');
  const mig = async (person: string) => (await team().fetch(MIG, person)).body;

  beforeAll(async () => {
    const { admin } = team();
    await create(admin, '/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: 'gpu-1',
        labels: {
          'nvidia.com/mig.capable': 'true',
          'nvidia.com/mig.config': 'all-disabled',
          'nvidia.com/mig.config.state': 'success',
        },
      },
    });
    await create(admin, '/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'plain' },
    });
    await until(() =>
      team()
        .live(`/api/v1/namespaces/${TEAM}/serviceaccounts/default`)
        .then(
          () => true,
          () => false,
        ),
    );
    for (const [name, limits] of Object.entries({
      training: { 'nvidia.com/mig-1g.5gb': '2' },
      web: { cpu: '1' },
    })) {
      await create(admin, PODS, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name,
          ownerReferences: [
            {
              apiVersion: 'batch/v1',
              kind: 'Job',
              name: 'nightly',
              uid: '6f2f3c1a-0000-4000-8000-000000000000',
              controller: true,
            },
          ],
        },
        spec: {
          nodeName: 'gpu-1',
          containers: [{ name: 'a', image: 'a', resources: { limits } }],
        },
      });
    }
  });

  it('shows the pods that use GPUs, and why there are no configurations to choose from', async () => {
    expect(await mig('admin')).toEqual({
      uid: await uidOf(NODE),
      capable: true,
      cordoned: false,
      config: 'all-disabled',
      state: 'success',
      configurationsProblem: expect.stringContaining('not found'),
      pods: [
        {
          namespace: TEAM,
          name: 'training',
          owner: { kind: 'Job', name: 'nightly' },
          resources: { 'nvidia.com/mig-1g.5gb': '2' },
        },
      ],
    });
  });

  it('lists the configurations of the GPU operator', async () => {
    await create(team().admin, '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'gpu-operator' },
    });
    await create(team().admin, '/api/v1/namespaces/gpu-operator/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'default-mig-parted-config' },
      data: {
        'config.yaml': [
          'version: v1',
          'mig-configs:',
          '  all-disabled: [{devices: all, mig-enabled: false}]',
          '  all-1g.5gb:',
          '    - {devices: all, mig-enabled: true, mig-devices: {"1g.5gb": 7}}',
        ].join('\n'),
      },
    });
    expect(await mig('admin')).toMatchObject({
      configurations: [
        { name: 'all-disabled', layouts: [''] },
        { name: 'all-1g.5gb', layouts: ['1g.5gb × 7'] },
      ],
    });
    expect((await team().fetch(MIG, 'editor')).status).toBe(403);
    expect(
      (await team().fetch('/clusters/prod/nodes/none/mig', 'admin')).status,
    ).toBe(404);
  });

  it('S58 changes the MIG configuration that the person saw, and cordons the node on request', async () => {
    team().events.length = 0;
    const change = {
      action: 'changeMig',
      uid: await uidOf(NODE),
      config: 'all-1g.5gb',
    };
    const refused: [string, string, object, number][] = [
      [NODE, 'editor', { seen: 'all-disabled' }, 403],
      [NODE, 'admin', {}, 409],
      [NODE, 'admin', { seen: 'all-balanced' }, 409],
      [NODE, 'admin', { seen: 'all-disabled', uid: 'another' }, 409],
      [
        'core/nodes/plain',
        'admin',
        { uid: await uidOf('core/nodes/plain') },
        400,
      ],
    ];
    for (const [path, person, more, status] of refused) {
      expect(
        await team().act(path, { ...change, ...more }, person),
      ).toMatchObject({ status });
    }
    expect((await node()).metadata.labels).toMatchObject({
      'nvidia.com/mig.config': 'all-disabled',
    });
    expect(
      await team().act(
        NODE,
        { ...change, seen: 'all-disabled', cordon: true },
        'admin',
      ),
    ).toMatchObject({ status: 200 });
    const { metadata, spec } = await node();
    expect(metadata.labels).toMatchObject({
      'nvidia.com/mig.config': 'all-1g.5gb',
    });
    expect(spec.unschedulable).toBe(true);
    expect(team().events.at(-1)).toEqual({
      eventId: 'object-mig',
      outcome: 'success',
      meta: {
        cluster: 'prod',
        resource: 'nodes',
        name: 'gpu-1',
        config: 'all-1g.5gb',
        seen: 'all-disabled',
        cordon: true,
      },
    });
    expect(team().events).toHaveLength(refused.length + 1);
  });

  it('removes and sets the cordon of a node', async () => {
    const uid = await uidOf(NODE);
    for (const cordoned of [false, true, false]) {
      expect(
        await team().act(NODE, { action: 'cordon', uid, cordoned }, 'admin'),
      ).toMatchObject({ status: 200 });
      const { spec } = await node();
      expect(spec.unschedulable ?? false).toBe(cordoned);
    }
    expect(
      await team().act(NODE, { action: 'cordon', uid, cordoned: true }),
    ).toMatchObject({ status: 403 });
  });
}
