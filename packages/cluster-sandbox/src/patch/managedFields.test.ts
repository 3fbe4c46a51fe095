import { KubeObject, ManagedFieldsEntry } from '../types';
import { FieldSet } from './FieldSet';
import { trackApply, trackUpdate } from './managedFields';

function configMap(
  data?: Record<string, string>,
  metadata: object = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', ...metadata },
    ...(data && { data }),
  };
}

function apply(
  current: KubeObject | undefined,
  manager: string,
  configuration: KubeObject,
  force = false,
): KubeObject {
  const { object, managedFields } = trackApply(
    current,
    configuration,
    { manager, operation: 'Apply', apiVersion: configuration.apiVersion },
    force,
  );
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function update(current: KubeObject, manager: string, next: KubeObject) {
  const managedFields = trackUpdate(current, next, {
    manager,
    operation: 'Update',
    apiVersion: next.apiVersion,
  });
  return { ...next, metadata: { ...next.metadata, managedFields } };
}

function owned(object: KubeObject, manager: string): string[] {
  const entry = object.metadata.managedFields?.find(
    (candidate: ManagedFieldsEntry) => candidate.manager === manager,
  );
  return FieldSet.fromFields(entry?.fieldsV1)
    .paths()
    .map(path => path.join(' '));
}

describe('server-side apply', () => {
  it('owns exactly the configured fields', () => {
    const object = apply(undefined, 'm', configMap({ a: '1' }));
    expect(object.data).toEqual({ a: '1' });
    expect(owned(object, 'm')).toEqual(['f:data f:a']);
  });

  it('removes fields that a manager no longer applies', () => {
    const first = apply(undefined, 'm', configMap({ a: '1', b: '2' }));
    const second = apply(first, 'm', configMap({ b: '2' }));
    expect(second.data).toEqual({ b: '2' });
    const third = apply(second, 'm', configMap());
    expect(third.data).toBeUndefined();
  });

  it('keeps fields that another manager also owns', () => {
    const first = apply(undefined, 'm', configMap({ a: '1' }));
    const shared = apply(first, 'n', configMap({ a: '1' }));
    const left = apply(shared, 'm', configMap());
    expect(left.data).toEqual({ a: '1' });
    expect(owned(left, 'm')).toEqual([]);
    expect(owned(left, 'n')).toEqual(['f:data f:a']);
  });

  it('conflicts over another manager’s value, naming both, unless forced', () => {
    const first = apply(undefined, 'm', configMap({ a: '1' }));
    expect(() => apply(first, 'n', configMap({ a: '2' }))).toThrow(
      'Apply failed with 1 conflict: conflict with "m": .data.a',
    );
    const forced = apply(first, 'n', configMap({ a: '2' }), true);
    expect(forced.data).toEqual({ a: '2' });
    expect(owned(forced, 'm')).toEqual([]);
    expect(owned(forced, 'n')).toEqual(['f:data f:a']);
  });

  it('conflicts with an update, which takes ownership without a conflict', () => {
    const first = apply(undefined, 'm', configMap({ a: '1' }));
    const edited = update(first, 'kubectl-edit', {
      ...first,
      data: { a: '2', b: '3' },
    });
    expect(owned(edited, 'm')).toEqual([]);
    expect(owned(edited, 'kubectl-edit').sort()).toEqual([
      'f:data f:a',
      'f:data f:b',
    ]);
    expect(() => apply(edited, 'm', configMap({ a: '1' }))).toThrow(
      'conflict with "kubectl-edit" using v1: .data.a',
    );
  });

  it('replaces the subjects of a binding as a whole', () => {
    const binding = (...names: string[]): KubeObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'a' },
      subjects: names.map(name => ({ kind: 'Group', name })),
    });
    const first = apply(undefined, 'm', binding('x', 'y'));
    const second = apply(first, 'm', binding('z'));
    expect(second.subjects).toEqual([{ kind: 'Group', name: 'z' }]);
    expect(owned(second, 'm')).toEqual(['f:subjects']);
  });

  it('merges containers by name and keeps those of others', () => {
    const pod = (...containers: object[]): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers },
    });
    const first = apply(
      undefined,
      'm',
      pod({ name: 'c', image: 'i:1', ports: [{ containerPort: 80 }] }),
    );
    const second = apply(first, 'side', pod({ name: 's', image: 's:1' }));
    const third = apply(second, 'm', pod({ name: 'c', image: 'i:2' }));
    expect(third.spec!.containers).toEqual([
      { name: 'c', image: 'i:2' },
      { name: 's', image: 's:1' },
    ]);
    expect(owned(second, 'm')).toContain(
      'f:spec f:containers k:{"name":"c"} f:ports k:{"containerPort":80,"protocol":"TCP"}',
    );
  });

  it('changes nothing when applied again, not even the time', () => {
    const first = apply(undefined, 'm', configMap({ a: '1' }));
    first.metadata.managedFields![0].time = '2020-01-01T00:00:00Z';
    expect(apply(first, 'm', configMap({ a: '1' }))).toEqual(first);
  });

  it('gives up all ownership for an empty list', () => {
    const first = apply(undefined, 'm', configMap({ a: '1' }));
    const wanted = { ...first, metadata: { name: 'a', managedFields: [] } };
    expect(
      trackUpdate(
        first,
        first,
        { manager: 'n', operation: 'Update', apiVersion: 'v1' },
        wanted,
      ),
    ).toEqual([]);
  });
});
