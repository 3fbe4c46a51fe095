import { rolloutOf } from './rollout';

describe('rolloutOf', () => {
  const deployment = { replicas: 3, updatedReplicas: 3, availableReplicas: 3 };
  const set = { readyReplicas: 3, updatedReplicas: 3 };

  it.each([
    ['all replicas are new and available', {}, 'complete'],
    ['an old replica still runs', { replicas: 4 }, 'progressing'],
    ['a new replica is not available', { availableReplicas: 2 }, 'progressing'],
    ['a replica is old', { updatedReplicas: 2 }, 'progressing'],
    [
      'more new replicas than wanted are not all available',
      { replicas: 4, updatedReplicas: 4 },
      'progressing',
    ],
  ])('reads a deployment of which %s', (_, status, state) => {
    const object = {
      spec: { replicas: 3 },
      status: { observedGeneration: 1, ...deployment, ...status },
    };
    expect(rolloutOf('deployments', object).state).toBe(state);
  });

  const rolling = (partition?: number) => ({
    type: 'RollingUpdate',
    rollingUpdate: { partition },
  });

  it.each([
    ['the pods are new and ready', rolling(0), {}, 'complete'],
    ['a pod is old', rolling(0), { updatedReplicas: 2 }, 'progressing'],
    ['a pod is not ready', rolling(0), { readyReplicas: 2 }, 'progressing'],
    [
      'the pods above the partition are new',
      rolling(2),
      { updatedReplicas: 1 },
      'complete',
    ],
    [
      'the revisions differ',
      undefined,
      { currentRevision: 'a', updateRevision: 'b' },
      'progressing',
    ],
    [
      'the pods wait for their deletion',
      { type: 'OnDelete' },
      { currentRevision: 'a', updateRevision: 'b' },
      'onDelete',
    ],
  ])('reads a stateful set of which %s', (_, updateStrategy, status, state) => {
    const object = {
      spec: { replicas: 3, updateStrategy },
      status: {
        observedGeneration: 1,
        currentRevision: 'a',
        updateRevision: 'a',
        ...set,
        ...status,
      },
    };
    expect(rolloutOf('statefulsets', object).state).toBe(state);
  });
});
