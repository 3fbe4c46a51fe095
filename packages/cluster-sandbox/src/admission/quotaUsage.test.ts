import { pods } from '../resources/pods';
import { services } from '../resources/services';
import { deployments } from '../resources/workloads';
import { persistentVolumeClaims } from '../resources/storage';
import { JsonObject, KubeObject } from '../types';
import { inScope, usageOf } from './quotaUsage';

function object(kind: string, spec: JsonObject, status = {}): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'a' }, spec, status };
}

function read(usage: ReturnType<typeof usageOf>) {
  return Object.fromEntries(
    [...usage].map(([name, amount]) => [name, amount.toString()]),
  );
}

const container = (requests: JsonObject, limits: JsonObject = {}) => ({
  resources: { requests, limits },
});

describe('usageOf', () => {
  it('adds up the containers of a pod, GPUs included', () => {
    const pod = object('Pod', {
      containers: [
        container({ cpu: '250m', memory: '1Gi' }, { memory: '1Gi' }),
        container({ cpu: '1', 'nvidia.com/gpu': '2' }),
      ],
    });
    expect(read(usageOf(pods, pod))).toEqual({
      'count/pods': '1',
      pods: '1',
      cpu: '1250m',
      'requests.cpu': '1250m',
      memory: '1Gi',
      'requests.memory': '1Gi',
      'limits.memory': '1Gi',
      'requests.nvidia.com/gpu': '2',
    });
  });

  it('takes the largest init container if that is more', () => {
    const pod = object('Pod', {
      initContainers: [container({ cpu: '2' }), container({ cpu: '3' })],
      containers: [container({ cpu: '1' })],
    });
    expect(read(usageOf(pods, pod))['requests.cpu']).toBe('3');
  });

  it('does not count a pod that has finished', () => {
    const pod = object(
      'Pod',
      { containers: [container({ cpu: '1' })] },
      { phase: 'Succeeded' },
    );
    expect(read(usageOf(pods, pod))).toEqual({ 'count/pods': '1' });
  });

  it('counts services, claims and objects of API groups', () => {
    const service = object('Service', {
      type: 'LoadBalancer',
      ports: [{}, {}],
    });
    expect(read(usageOf(services, service))).toMatchObject({
      services: '1',
      'services.loadbalancers': '1',
      'services.nodeports': '2',
    });
    const claim = object('PersistentVolumeClaim', {
      storageClassName: 'fast',
      resources: { requests: { storage: '10Gi' } },
    });
    expect(read(usageOf(persistentVolumeClaims, claim))).toMatchObject({
      'requests.storage': '10Gi',
      'fast.storageclass.storage.k8s.io/requests.storage': '10Gi',
    });
    expect(read(usageOf(deployments, object('Deployment', {})))).toEqual({
      'count/deployments.apps': '1',
    });
  });
});

describe('inScope', () => {
  const quota = (spec: JsonObject) => object('ResourceQuota', spec);
  const bestEffort = object('Pod', { containers: [{}] });

  it.each([
    [{}, true],
    [{ scopes: ['BestEffort'] }, true],
    [{ scopes: ['NotBestEffort'] }, false],
    [{ scopes: ['Terminating'] }, false],
    [
      {
        scopeSelector: {
          matchExpressions: [
            { scopeName: 'PriorityClass', operator: 'In', values: ['high'] },
          ],
        },
      },
      false,
    ],
  ])('%j → %s', (spec, expected) => {
    expect(inScope(quota(spec), pods, bestEffort)).toBe(expected);
  });
});
