import {
  DefaultNamespaceEntityPolicy,
  FieldFormatEntityPolicy,
  RELATION_HAS_PART,
  RELATION_PART_OF,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { BuiltinKindsEntityProcessor } from '@backstage/plugin-catalog-backend';
import { GroupTags } from '../visibility/GroupTags';
import { clusterEntity, EntityOptions, namespaceEntity } from './createEntity';
import { namespaceEntityName } from './entityName';

const tags = GroupTags.fromConfig(
  mockServices.rootConfig({
    data: { berth: { keys: { encryptionSecret: 'a secret' } } },
  }),
);
const options: EntityOptions = {
  appUrl: 'https://portal.example.com',
  owner: 'group:default/platform',
  tags,
};
const CLUSTER = {
  id: '01H',
  name: 'staging',
  title: 'Staging',
  labels: { 'example.com/zone': 'north' },
  links: [{ title: 'Console', url: 'https://console.example.com' }],
  visibleTo: [{ group: 'group:default/team-a', uid: 'uid-a' }],
};
const NAMESPACE = {
  clusterId: '01H',
  cluster: 'staging',
  name: 'shop',
  owner: 'group:default/team-a',
  home: false,
  purpose: 'Selling boats',
  phase: 'Active' as const,
  visibleTo: [{ group: 'group:default/team-b' }],
};

describe('entities', () => {
  const cluster = clusterEntity(CLUSTER, options);
  const namespace = namespaceEntity(NAMESPACE, options);

  it.each([cluster, namespace])(
    'are valid catalog entities: %#',
    async entity => {
      await new SchemaValidEntityPolicy().enforce(entity);
      await new FieldFormatEntityPolicy().enforce(
        await new DefaultNamespaceEntityPolicy().enforce(entity),
      );
      expect(await resourceEntityV1alpha1Validator.check(entity)).toBe(true);
    },
  );

  it('describe a namespace', () => {
    expect(namespace).toMatchObject({
      metadata: {
        name: 'staging.shop',
        title: 'shop on staging',
        description: 'Selling boats',
        annotations: {
          'berth.dev/cluster': 'staging',
          'berth.dev/cluster-id': '01H',
          'berth.dev/namespace': 'shop',
          'backstage.io/view-url':
            'https://portal.example.com/berth/clusters/staging/namespaces/shop',
        },
      },
      spec: {
        type: 'kubernetes-namespace',
        owner: 'group:default/team-a',
        dependsOn: ['resource:default/staging'],
      },
    });
    expect(
      namespaceEntity({ ...NAMESPACE, owner: undefined }, options).spec?.owner,
    ).toBe('group:default/platform');
  });

  it('name the system of a namespace, if it is set', async () => {
    const part = namespaceEntity(
      { ...NAMESPACE, system: 'system:acme/shop' },
      options,
    );
    const emitted: unknown[] = [];
    await new BuiltinKindsEntityProcessor().postProcessEntity(
      await new DefaultNamespaceEntityPolicy().enforce(part),
      { type: 'url', target: 'nowhere' },
      result => emitted.push(Reflect.get(result, 'relation')),
    );

    expect(part.spec?.system).toBe('system:acme/shop');
    expect(await resourceEntityV1alpha1Validator.check(part)).toBe(true);
    const self = {
      kind: 'Resource',
      namespace: 'default',
      name: 'staging.shop',
    };
    const system = { kind: 'system', namespace: 'acme', name: 'shop' };
    expect(emitted).toEqual(
      expect.arrayContaining([
        { source: self, type: RELATION_PART_OF, target: system },
        { source: system, type: RELATION_HAS_PART, target: self },
      ]),
    );
    expect(namespace.spec).not.toHaveProperty('system');
  });

  it('are ignored by the Kubernetes plugin’s own locator', () => {
    expect(
      Object.keys(cluster.metadata.annotations!).filter(key =>
        key.startsWith('kubernetes.io/'),
      ),
    ).toEqual([]);
  });

  it('name no group with access', () => {
    expect(cluster.spec?.berth).toEqual({
      visibleTo: [expect.stringMatching(/^[0-9a-f]{32}$/)],
    });
    expect(JSON.stringify([cluster.spec, namespace.spec?.berth])).not.toMatch(
      /team-|uid-a/,
    );
    expect(
      clusterEntity(CLUSTER, { ...options, tags: undefined }).spec,
    ).not.toHaveProperty('berth');
  });
});

describe('namespaceEntityName', () => {
  it('keeps a name that fits', () => {
    const name = 'n'.repeat(55);
    expect(namespaceEntityName('staging', name)).toBe(`staging.${name}`);
  });

  it('shortens a longer name, and keeps names distinct', () => {
    const names = ['a', 'b'].map(end =>
      namespaceEntityName('staging', `${'n-'.repeat(31)}${end}`),
    );

    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(63);
      expect(name).toMatch(/^staging\.[n-]*n\.[0-9a-f]{10}$/);
    }
  });
});
