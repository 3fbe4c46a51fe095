import { NodePlacement } from '@berth/plugin-berth-common';
import { Profile } from './types';
import { namespaceFields } from './namespaceFields';
import {
  omittedTolerations,
  placementFields,
  replacedLabels,
} from './placement';

const PROFILE: Profile = { name: 'one', networkPolicies: [] };

describe('namespaceFields', () => {
  it('has the labels and annotations of a profile, and none without a profile', () => {
    const labels = { tier: 'prod' };
    const annotations = { note: 'x' };
    expect(
      namespaceFields({ ...PROFILE, labels, annotations }, { cluster: {} }),
    ).toEqual({ labels, annotations });
    expect(namespaceFields(undefined, { cluster: {} })).toEqual({
      labels: {},
      annotations: {},
    });
  });

  it('P11 P12 has the IDs of the owner, and only the label without IDs', () => {
    const profile = {
      ...PROFILE,
      identity: { uid: 'u', gid: 'g', minimum: 1000 },
    };
    const identity = {
      runAsUser: 12345,
      runAsGroup: 100,
      supplementalGroups: [200, 300],
    };
    expect(namespaceFields(profile, { cluster: {}, identity })).toEqual({
      labels: { 'berth.dev/identity': 'enforced' },
      annotations: {
        'berth.dev/run-as-user': '12345',
        'berth.dev/run-as-group': '100',
        'berth.dev/supplemental-groups': '200,300',
      },
    });
    expect(namespaceFields(profile, { cluster: {} })).toEqual({
      labels: { 'berth.dev/identity': 'enforced' },
      annotations: {},
    });
  });

  it('P16 has the nodes of the profile, of the cluster, or of the size class', () => {
    const cluster = { nodePlacement: { nodeSelector: { pool: 'shared' } } };
    const fromCluster = {
      ...PROFILE,
      placement: { from: 'cluster' as const, enforce: true },
    };
    const selected = (facts: Parameters<typeof namespaceFields>[1]) =>
      namespaceFields(fromCluster, facts);
    const enforced = { 'berth.dev/placement': 'enforced' };
    expect(selected({ cluster })).toEqual({
      labels: enforced,
      annotations: { 'berth.dev/node-selector': 'pool=shared' },
    });
    expect(
      selected({ cluster, placement: { nodeSelector: { pool: 'gpu' } } }),
    ).toEqual({
      labels: enforced,
      annotations: { 'berth.dev/node-selector': 'pool=gpu' },
    });
    expect(selected({ cluster: {} })).toEqual({
      labels: enforced,
      annotations: { 'berth.dev/node-selector': '' },
    });
    expect(
      namespaceFields(
        {
          ...PROFILE,
          placement: { nodeSelector: { zone: 'a', pool: 'b' }, enforce: false },
        },
        { cluster },
      ),
    ).toEqual({
      labels: { 'berth.dev/placement': 'set' },
      annotations: { 'berth.dev/node-selector': 'pool=b,zone=a' },
    });
  });

  it('P16 keeps the nodes of an enforced profile in a namespace of a size class with nodes', () => {
    const toleration = (key: string) => ({
      key,
      operator: 'Exists' as const,
      effect: 'NoSchedule' as const,
    });
    const profile: Profile = {
      ...PROFILE,
      placement: {
        nodeSelector: { tenant: 'lab', pool: 'general' },
        tolerations: [toleration('lab')],
        enforce: true,
      },
    };
    const gpu = {
      nodeSelector: { pool: 'gpu', card: 'a100' },
      tolerations: [toleration('gpu'), toleration('lab')],
    };
    expect(
      namespaceFields(profile, { cluster: {}, placement: gpu }).annotations,
    ).toEqual({
      'berth.dev/node-selector': 'card=a100,pool=gpu,tenant=lab',
      'berth.dev/tolerations': 'gpu:NoSchedule,lab:NoSchedule',
    });
    expect(replacedLabels(profile.placement as NodePlacement, gpu)).toEqual([
      'pool=general',
    ]);
  });

  it('P16 writes tolerations, those of all effects one by one, and none of all taints or with an end', () => {
    const tolerations = [
      { key: 'x/gpu', operator: 'Exists' as const },
      { key: 'team', value: 'a', effect: 'NoSchedule' as const },
      { operator: 'Exists' as const },
      {
        key: 'y',
        value: 'z',
        effect: 'NoExecute' as const,
        tolerationSeconds: 60,
      },
    ];
    expect(placementFields({ tolerations }, false).annotations).toEqual({
      'berth.dev/node-selector': '',
      'berth.dev/tolerations':
        'team=a:NoSchedule,x/gpu:NoExecute,x/gpu:NoSchedule,x/gpu:PreferNoSchedule',
    });
    expect(omittedTolerations({ tolerations })).toEqual(tolerations.slice(2));
    expect(placementFields({}, false)).toEqual({});
  });

  it('P17 has a storage class, of the profile or of the settings of the cluster', () => {
    const of = (by: string | undefined, defaultStorageClass?: string) =>
      namespaceFields(
        { ...PROFILE, storageClass: { replace: 'standard', by } },
        { cluster: { defaultStorageClass } },
      );
    const fast = {
      labels: { 'berth.dev/storage-class': 'set' },
      annotations: {
        'berth.dev/storage-class-replace': 'standard',
        'berth.dev/storage-class-by': 'fast',
      },
    };
    expect(of('fast', 'slow')).toEqual(fast);
    expect(of(undefined, 'fast')).toEqual(fast);
    expect(of(undefined, 'standard').labels).toEqual({});
    expect(of(undefined).labels).toEqual({});
  });
});
