import { capabilitiesList } from './capabilitiesList';
import { Capabilities } from './types';

const statesOf = (capabilities: Partial<Capabilities>) =>
  Object.fromEntries(
    capabilitiesList({ features: [], ...capabilities }).map(
      ({ capability, state }) => [capability, state],
    ),
  );

describe('P19 the capabilities of a cluster', () => {
  it.each([
    ['v1.24.0', 'no', 'no', 'no'],
    ['v1.25.3+k3s1', 'yes', 'no', 'no'],
    ['v1.30.0', 'yes', 'yes', 'no'],
    ['v1.36.2-gke.1', 'yes', 'yes', 'yes'],
    [undefined, 'unknown', 'unknown', 'unknown'],
  ])(
    'follow from the version %s',
    (version, podSecurity, admissionPolicies, mutatingPolicies) => {
      expect(statesOf({ version })).toEqual({
        podSecurity,
        admissionPolicies,
        mutatingPolicies,
        networkPlugin: 'unknown',
      });
    },
  );

  it('names the objects of the policy pack that are missing or changed', () => {
    const [pack] = capabilitiesList({
      features: ['pack'],
      pack: {
        'identity.berth.dev': 'changed',
        'placement.berth.dev': 'current',
        'defaults.berth.dev': 'missing',
      },
    }).slice(-1);
    expect(pack).toEqual({
      capability: 'policyPack',
      state: 'no',
      message:
        'Objects of the policy pack: missing defaults.berth.dev; changed identity.berth.dev',
    });
    expect(
      statesOf({ pack: { 'identity.berth.dev': 'current' } }).policyPack,
    ).toBe('yes');
  });
});
