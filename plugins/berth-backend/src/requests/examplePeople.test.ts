import { Entity } from '@backstage/catalog-model';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import {
  namespaceSpec,
  startPortal,
  withMembers,
} from './__testUtils__/portal';

jest.setTimeout(60_000);

/** The people of the development portal, with the relations that the catalog adds. */
function examplePeople(): Entity[] {
  const file = resolve(__dirname, '../../../../examples/org.yaml');
  const entities = parseAllDocuments(readFileSync(file, 'utf8')).map(
    document => document.toJSON() as Entity,
  );
  return withMembers(
    entities.map(one => ({
      ...one,
      metadata: { ...one.metadata, uid: `uid-of-${one.metadata.name}` },
      relations: ((one.spec?.memberOf as string[]) ?? []).map(group => ({
        type: 'memberOf',
        targetRef: `group:default/${group}`,
      })),
    })),
  );
}

describe('the example people', () => {
  let sandbox: SandboxCluster;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'requests' });
  });

  afterAll(() => sandbox.stop());

  it('have a group owner who decides requests and is no admin', async () => {
    const { spec, call, stop } = await startPortal(sandbox, {
      entities: examplePeople(),
    });
    try {
      const me = await call('olga', 'get', '/access/me');
      expect(me.body).toMatchObject({ admin: false });
      const requested = await spec('alice', namespaceSpec());
      expect(requested.body.verdict.approvers).toEqual([
        'user:default/olga',
        'group:default/platform',
      ]);
      const inbox = await call('olga', 'get', '/requests?scope=inbox');
      expect(inbox.body).toMatchObject({
        items: [{ id: requested.body.id, may: { decide: true } }],
      });
      const decided = await call(
        'olga',
        'post',
        `/requests/${requested.body.id}/decision`,
        { decision: 'approve' },
      );
      expect([decided.status, decided.body.state]).toEqual([
        200,
        'Provisioning',
      ]);
      const foreign = await call(
        'bob',
        'get',
        `/requests/${requested.body.id}`,
      );
      expect(foreign.status).toBe(404);
    } finally {
      await stop();
    }
  });
});
