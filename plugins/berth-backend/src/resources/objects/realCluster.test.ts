import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { describeReleases } from '../../helm/__testUtils__/describeReleases';
import { describeNodes } from './__testUtils__/describeNodes';
import { describeObjects } from './__testUtils__/describeObjects';
import { create, TEAM, TeamCluster, until } from './__testUtils__/TeamCluster';

const START_MS = 180_000;

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

jest.setTimeout(60_000);

describeWithControlPlane('objects of a real API server', () => {
  let cluster: ControlPlane;
  let team: TeamCluster;

  beforeAll(async () => {
    cluster = await ControlPlane.start();
    team = await TeamCluster.start(cluster);
  }, START_MS);

  afterAll(async () => {
    await team?.stop();
    await cluster?.stop();
  }, START_MS);

  it('lists the revisions of a DaemonSet, and rolls it back', async () => {
    const sets = `/apis/apps/v1/namespaces/${TEAM}/daemonsets`;
    const path = 'apps/daemonsets/agent';
    const labels = { app: 'agent' };
    await create(team.admin, sets, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'agent', image: 'agent:1' }] },
        },
      },
    });
    const untilImages = (...images: string[]) =>
      until(async () => {
        const { body } = await team.get(`${path}/revisions`);
        const found = body.items.map((item: any) => item.images[0]);
        return found.join() === images.join() && body.items[0].current;
      });
    await untilImages('agent:1');
    await team.admin.request({
      method: 'PATCH',
      path: `${sets}/agent`,
      body: {
        contentType: 'application/json-patch+json',
        content: [
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/image',
            value: 'agent:2',
          },
        ],
      },
    });
    await untilImages('agent:2', 'agent:1');
    const { body } = await team.get(path);
    const { uid } = body.object.metadata;
    expect(
      await team.act(path, { action: 'rollBack', uid, revision: 1 }),
    ).toMatchObject({ status: 200 });
    const live = await team.live(`${sets}/agent`);
    expect(live.spec.template.spec.containers).toMatchObject([
      { name: 'agent', image: 'agent:1' },
    ]);
    expect(live.spec.template.metadata.labels).toEqual(labels);
  });

  it('reports that a cluster before 1.21 does not suspend a Job', async () => {
    await create(team.admin, `/apis/batch/v1/namespaces/${TEAM}/jobs`, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'import' },
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'a', image: 'a' }],
          },
        },
      },
    });
    const path = 'batch/jobs/import';
    const { uid } = (await team.get(path)).body.object.metadata;
    const answer = await team.act(path, {
      action: 'suspend',
      uid,
      suspended: true,
    });
    const { gitVersion } = await team.live('/version');
    const isOld = /^v1\.(1\d|20)\./.test(gitVersion);
    expect([answer.status, answer.text.includes('did not make it')]).toEqual(
      isOld ? [502, true] : [200, false],
    );
  });

  /** Defines a custom resource, and waits until the API server serves it. */
  const define = async (definition: object) => {
    const { metadata } = await create(team.admin, DEFINITIONS, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      ...definition,
    });
    await until(async () => {
      const { status } = await team.live(`${DEFINITIONS}/${metadata.name}`);
      return (status.conditions ?? []).some(
        (one: any) => one.type === 'Established' && one.status === 'True',
      );
    });
  };

  it('refuses a field that the cluster does not know, in words', async () => {
    await create(team.admin, `/apis/apps/v1/namespaces/${TEAM}/deployments`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'typo' },
      spec: {
        selector: { matchLabels: { app: 'typo' } },
        template: {
          metadata: { labels: { app: 'typo' } },
          spec: { containers: [{ name: 'a', image: 'a' }] },
        },
      },
    });
    const path = 'apps/deployments/typo';
    const { uid } = (await team.get(path)).body.object.metadata;
    const { text: base } = await team.get(path, 'editor', 'application/yaml');
    const change = (to: string) => ({
      uid,
      base,
      yaml: base.replace('replicas: 1', to),
      dryRun: true,
    });
    const refused = await team.edit(path, change('replicaCount: 3'));
    // With its path by Berth for a cluster before 1.25, and otherwise by the API server.
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('spec.replicaCount'),
    ]);
    const known = await team.edit(path, change('replicas: 3'));
    expect(known.body.diff).toContain('replicas: 3');
  });

  it('lists the MIG configurations that the ClusterPolicy of the GPU operator names', async () => {
    await define({
      metadata: { name: 'clusterpolicies.nvidia.com' },
      spec: {
        group: 'nvidia.com',
        scope: 'Cluster',
        names: {
          plural: 'clusterpolicies',
          singular: 'clusterpolicy',
          kind: 'ClusterPolicy',
        },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
              },
            },
          },
        ],
      },
    });
    await create(team.admin, `/api/v1/namespaces/${TEAM}/configmaps`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'own-mig-config' },
      data: { 'config.yaml': 'mig-configs: {own: [{mig-enabled: false}]}' },
    });
    await until(() =>
      create(team.admin, '/apis/nvidia.com/v1/clusterpolicies', {
        apiVersion: 'nvidia.com/v1',
        kind: 'ClusterPolicy',
        metadata: { name: 'cluster-policy' },
        spec: { migManager: { config: { name: 'own-mig-config' } } },
        status: { namespace: TEAM },
      }).then(
        () => true,
        () => false,
      ),
    );
    const { body } = await team.fetch(
      '/clusters/prod/nodes/gpu-1/mig',
      'admin',
    );
    expect(body.configurations).toEqual([{ name: 'own', layouts: [''] }]);
    await team.admin.request({
      method: 'DELETE',
      path: '/apis/nvidia.com/v1/clusterpolicies/cluster-policy',
    });
  });

  it('lists, shows, edits and applies custom resources', async () => {
    await define({
      metadata: { name: 'gears.example.org' },
      spec: {
        group: 'example.org',
        scope: 'Namespaced',
        names: { plural: 'gears', singular: 'gear', kind: 'Gear' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            additionalPrinterColumns: [
              { name: 'Teeth', type: 'integer', jsonPath: '.spec.teeth' },
            ],
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: { teeth: { type: 'integer', minimum: 1 } },
                  },
                },
              },
            },
          },
        ],
      },
    });
    const yaml = (teeth: number) =>
      `apiVersion: example.org/v1\nkind: Gear\nmetadata: {name: large}\nspec: {teeth: ${teeth}}`;
    const apply = async (teeth: number) =>
      (await team.apply({ yaml: yaml(teeth) }, 'admin')).body.items;
    await until(async () => {
      const [applied] = await apply(12);
      return applied.action === 'create';
    });
    expect(await apply(0)).toMatchObject([
      { action: 'failed', problem: expect.stringContaining('spec.teeth') },
    ]);
    const path = 'example.org/gears/large';
    const { body } = await team.get(path, 'admin');
    expect(body.object).toMatchObject({ kind: 'Gear', spec: { teeth: 12 } });
    expect(body.summary.columns[1]).toMatchObject({ name: 'Teeth' });
    expect(body.summary.cells[1]).toBe(12);
    const base = (await team.get(path, 'admin', 'application/yaml')).text;
    const edited = await team.edit(
      path,
      {
        uid: body.object.metadata.uid,
        base,
        yaml: base.replace('teeth: 12', 'teeth: 24'),
      },
      'admin',
    );
    expect(edited.body).toMatchObject({ changed: true });
    const linesOf = async (person: string) =>
      (await team.fetch('/resources/example.org/gears', person)).text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line));
    expect(await linesOf('admin')).toContainEqual(
      expect.objectContaining({
        type: 'rows',
        rows: [expect.objectContaining({ name: 'large' })],
      }),
    );
    expect(await linesOf('editor')).toContainEqual(
      expect.objectContaining({ type: 'failed', cause: 'Forbidden' }),
    );
  });

  describeNodes(() => team);

  describeObjects(() => team, {
    // The version at hand, 1.20, has CronJobs in no other one.
    cronJobs: `/apis/batch/v1beta1/namespaces/${TEAM}`,
  });

  describeReleases(
    () => team,
    () => cluster,
  );
});
