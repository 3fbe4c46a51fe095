import { Entity } from '@backstage/catalog-model';
import {
  annotatedNamespaces,
  hasNamespaces,
  hasWorkloads,
  isCluster,
  isNamespace,
  labelSelectorOf,
  namespaceRefs,
} from './entities';

function entity(kind: string, more: Partial<Entity> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    ...more,
    metadata: { name: 'it', ...more.metadata },
  };
}

function annotated(value: string): Entity {
  return entity('Component', {
    metadata: { name: 'it', annotations: { 'berth.dev/namespaces': value } },
  });
}

function dependingOn(...refs: string[]): Entity {
  return entity('System', {
    relations: refs.map(targetRef => ({ type: 'dependsOn', targetRef })),
  });
}

describe('annotatedNamespaces', () => {
  it.each([
    ['prod01/shop', [['prod01', 'shop']], []],
    [
      ' prod01/shop , staging/shop,, prod01/shop',
      [
        ['prod01', 'shop'],
        ['staging', 'shop'],
      ],
      [],
    ],
    ['shop', [], ['shop']],
    ['prod01/shop/pods', [], ['prod01/shop/pods']],
    ['Prod/shop, prod01/Shop!', [], ['Prod/shop', 'prod01/Shop!']],
    ['../admin/x, prod01/..', [], ['../admin/x', 'prod01/..']],
    ['', [], []],
  ])('reads %j', (value, addresses, unreadable) => {
    expect(annotatedNamespaces(annotated(value))).toEqual({
      addresses: addresses.map(([cluster, namespace]) => ({
        cluster,
        namespace,
      })),
      unreadable,
    });
  });
});

describe('hasNamespaces', () => {
  it.each([
    [annotated('prod01/shop'), true],
    [annotated(' '), false],
    [dependingOn('resource:default/prod01.shop'), true],
    [dependingOn('resource:default/database', 'component:default/a.b'), false],
    [{ ...annotated('prod01/shop'), kind: 'API' }, false],
  ])('%#', (it, expected) => {
    expect(hasNamespaces(it)).toBe(expected);
  });

  it('finds namespaces among its dependencies', () => {
    expect(
      namespaceRefs(
        dependingOn('resource:default/prod01.shop', 'resource:default/queue'),
      ),
    ).toEqual(['resource:default/prod01.shop']);
  });
});

describe('the workloads of an entity', () => {
  const withAnnotations = (annotations: Record<string, string>) =>
    entity('Component', { metadata: { name: 'it', annotations } });

  it.each([
    [{ 'backstage.io/kubernetes-label-selector': 'app=a,!b' }, 'app=a,!b'],
    [{ 'backstage.io/kubernetes-id': 'it' }, 'backstage.io/kubernetes-id=it'],
    [
      {
        'backstage.io/kubernetes-id': 'it',
        'backstage.io/kubernetes-label-selector': 'app=a',
      },
      'app=a',
    ],
    [{ 'berth.dev/namespaces': 'prod01/shop' }, undefined],
  ])('have the labels of %j', (annotations, selector) => {
    const it = withAnnotations(annotations as Record<string, string>);
    expect(labelSelectorOf(it)).toBe(selector);
    expect(hasWorkloads(it)).toBe(true);
    expect(hasWorkloads({ ...it, kind: 'API' })).toBe(false);
  });

  it('are unknown without an annotation', () => {
    expect(hasWorkloads(withAnnotations({}))).toBe(false);
  });
});

describe('the resources of Berth', () => {
  const resource = (type: string, annotations: Record<string, string>) =>
    entity('Resource', {
      spec: { type },
      metadata: { name: 'it', annotations },
    });

  it('differ from other entities of the type', () => {
    const bearing = { 'berth.dev/cluster': 'a', 'berth.dev/namespace': 'b' };
    expect(isCluster(resource('kubernetes-cluster', bearing))).toBe(true);
    expect(isCluster(resource('kubernetes-cluster', {}))).toBe(false);
    expect(isNamespace(resource('kubernetes-namespace', bearing))).toBe(true);
    expect(isNamespace(resource('kubernetes-cluster', bearing))).toBe(false);
  });
});
