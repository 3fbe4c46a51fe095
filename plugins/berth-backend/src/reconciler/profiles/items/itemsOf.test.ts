import { parseProfiles } from '../readProfiles';
import { itemsOf } from './itemsOf';
import { Capabilities } from './types';

const CALICO = { name: 'Calico', enforces: true };
const FLANNEL = { name: 'flannel', enforces: false };

function itemsFor(written: object, capabilities: Partial<Capabilities> = {}) {
  const [profile] = parseProfiles([{ name: 'one', ...written }], ['harbor']);
  return itemsOf(profile, {
    version: 'v1.33.1',
    features: [],
    networkPlugin: CALICO,
    ...capabilities,
  });
}

const EGRESS = { egress: { internet: true } };
const ENFORCE = { podSecurity: { enforce: 'baseline' } };

describe('P19 the items of a profile', () => {
  it('are one for each field that the profile has', () => {
    expect(
      itemsFor({
        labels: { 'example.com/tier': 'prod' },
        annotations: { 'example.com/cost': '12' },
        ...ENFORCE,
        networkPolicies: [{ name: 'isolate', spec: { podSelector: {} } }],
        ...EGRESS,
      }).map(({ item }) => item),
    ).toEqual([
      'labels',
      'annotations',
      'podSecurity',
      'networkPolicies',
      'egress',
    ]);
    expect(itemsFor({})).toEqual([]);
    expect(itemsOf(undefined, { features: [] })).toEqual([]);
  });

  it.each([
    ['v1.33.1', 'enforced', undefined],
    ['v1.25.0-eks-1', 'enforced', undefined],
    ['v1.24.9', 'unsupported', /needs Kubernetes 1.25.* has v1.24.9/],
    [undefined, 'set', /version of the cluster is not known/],
    ['forged', 'set', /version of the cluster is not known/],
  ])('says of Pod Security on %s: %s', (version, state, why) => {
    const [item] = itemsFor(ENFORCE, { version });
    expect(item).toMatchObject({ item: 'podSecurity', state });
    expect(item.why ?? '').toMatch(why ?? /^$/);
  });

  it.each([[{ warn: 'restricted' }], [{ enforce: 'privileged' }]])(
    'does not claim that %j refuses pods',
    podSecurity => {
      expect(itemsFor({ podSecurity })).toEqual([
        {
          item: 'podSecurity',
          state: 'set',
          why: 'The profile has no "enforce" that refuses pods',
        },
      ]);
    },
  );

  it.each([
    [CALICO, 'set', /^Calico enforces .* can add policies that allow more$/],
    [FLANNEL, 'unsupported', /^flannel does not enforce/],
    [{ name: 'K3s' }, 'set', /do not show whether/],
    [undefined, 'set', /do not show whether/],
  ])('says of policies with %j: %s', (networkPlugin, state, why) => {
    const [item] = itemsFor(EGRESS, { networkPlugin });
    expect(item).toMatchObject({ item: 'egress', state });
    expect(item.why).toMatch(why);
  });

  it.each([
    ['v1.33.1', ['pullSecrets'], 'set', /"imagePullSecrets".* needs .*1.36/],
    ['v1.33.1', ['pack'], 'unsupported', /feature "pullSecrets" of the/],
    ['v1.29.4', [], 'unsupported', /needs Kubernetes 1.30.* has v1.29.4/],
    [undefined, [], 'unsupported', /feature "pullSecrets" of the/],
  ])(
    'says of pull secrets on %s with %j: %s',
    (version, features, state, why) => {
      const written = { pullSecrets: ['harbor'] };
      const [item] = itemsFor(written, { version, features });
      expect(item).toMatchObject({ item: 'pullSecrets', state });
      expect(item.why).toMatch(why);
    },
  );

  it('P15 reports that new pods use pull secrets where the pack adds them', () => {
    const [item] = itemsFor(
      { pullSecrets: ['harbor'] },
      {
        version: 'v1.36.0',
        features: ['pullSecrets', 'pack'],
        pack: { 'defaults.berth.dev': 'current' },
      },
    );
    expect(item).toEqual({
      item: 'pullSecrets',
      state: 'set',
      why: 'All new pods use the Secrets',
    });
  });

  it('gives the reason for everything that is not supported', () => {
    const items = itemsFor(
      { ...ENFORCE, ...EGRESS },
      { version: 'v1.20.2', networkPlugin: FLANNEL },
    );
    expect(items.map(({ state }) => state)).toEqual([
      'unsupported',
      'unsupported',
    ]);
    expect(items.every(({ why }) => why)).toBe(true);
  });
});
