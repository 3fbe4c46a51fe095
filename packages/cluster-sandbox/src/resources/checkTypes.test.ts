import { KubeObject } from '../types';
import { checkTypes } from './checkTypes';

const object = (kind: string, rest: object): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a' },
  ...rest,
});

describe('checkTypes', () => {
  it.each([
    ['ConfigMap', { data: 'text' }],
    ['ConfigMap', { data: { a: 1 } }],
    ['ConfigMap', { metadata: { name: 'a', finalizers: 'x' } }],
    ['ConfigMap', { metadata: { name: 'a', ownerReferences: [1] } }],
    ['Pod', { spec: 'text' }],
    ['Pod', { spec: { containers: [null] } }],
    [
      'Pod',
      { spec: { containers: [{ resources: { requests: { cpu: 'abc' } } }] } },
    ],
    ['Deployment', { spec: { replicas: 'three' } }],
    ['Deployment', { spec: { replicas: 1.5 } }],
    ['ClusterRole', { rules: [{ verbs: 'get' }] }],
    ['RoleBinding', { subjects: 'a' }],
    ['ResourceQuota', { spec: { hard: { pods: 'zz' } } }],
    ['NetworkPolicy', { spec: { ingress: [{ ports: 'all' }] } }],
    ['NetworkPolicy', { spec: { egress: [null] } }],
    ['StorageClass', { spec: [] }],
  ])('refuses %s %j', (kind, rest) => {
    expect(() => checkTypes(object(kind, rest))).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });

  it.each([
    ['ConfigMap', { data: { a: '1' } }],
    ['Deployment', { spec: { replicas: 0, anything: { at: 'all' } } }],
    ['ResourceQuota', { spec: { hard: { pods: 5, cpu: '500m' } } }],
    ['Unknown', { field: 1 }],
  ])('accepts %s %j', (kind, rest) => {
    expect(() => checkTypes(object(kind, rest))).not.toThrow();
  });
});
