import { mockServices } from '@backstage/backend-test-utils';
import { readRequestSettings } from './settings';

const SMALL = { name: 'small', hard: { pods: '1' }, limits: [] };

function read(requests: unknown) {
  const config = mockServices.rootConfig({
    data: { berth: { requests } } as never,
  });
  return readRequestSettings(config, [SMALL]);
}

const rule = (more: object) => ({
  rules: [{ name: 'one', then: 'approve', ...more }],
});

describe('berth.requests', () => {
  it('leaves all decisions to people by default', () => {
    expect(read({})).toEqual({
      approvers: ['owners', 'admins'],
      rules: [],
      provisioningTimeoutMs: 30 * 60_000,
      openPerPerson: 50,
    });
  });

  it('is read', () => {
    expect(
      read({
        approvers: ['owners'],
        provisioningTimeout: '10m',
        openPerPerson: 5,
        ...rule({
          kinds: ['namespace', 'quota'],
          clusters: ['prod'],
          clusterLabels: { environment: 'dev' },
          sizeClasses: ['small'],
          groups: ['group:Team-A'],
          maxDuration: { days: 30 },
          groupQuota: { cpu: 10, 'requests.memory': '1024Mi' },
        }),
      }),
    ).toEqual({
      approvers: ['owners'],
      provisioningTimeoutMs: 600_000,
      openPerPerson: 5,
      rules: [
        {
          name: 'one',
          kinds: ['namespace', 'quota'],
          clusters: ['prod'],
          clusterLabels: { environment: 'dev' },
          sizeClasses: ['small'],
          groups: ['group:default/team-a'],
          maxDurationMs: 30 * 86_400_000,
          groupQuota: { cpu: '10', 'requests.memory': '1Gi' },
        },
      ],
    });
  });

  it.each([
    [{ approvers: ['owner'] }, 'berth.requests.approvers "owner" must hold'],
    [{ approvers: [] }, 'berth.requests.approvers [] must hold'],
    [
      { provisioningTimeout: '0s' },
      'provisioningTimeout "0s" must be greater than zero',
    ],
    [{ openPerPerson: 0 }, 'berth.requests.openPerPerson 0 must be a positive'],
    [{ openPerPerson: 1.5 }, 'berth.requests.openPerPerson 1.5 must be a'],
    [rule({ name: 'One' }), 'rules[0]: name "One" must be at most 63'],
    [rule({ name: undefined }), 'rules[0]: name is missing'],
    [rule({ then: 'deny' }), 'rules[0]: then "deny" must be "approve"'],
    [rule({ then: undefined }), 'rules[0]: then is missing'],
    [rule({ kind: 'quota' }), '"kind" is not a field here; there are name'],
    [rule({ kinds: ['role'] }), 'kinds[0] "role" must be "namespace", "quota"'],
    [rule({ kinds: [] }), 'rules[0]: kinds must not be empty'],
    [rule({ clusters: ['Prod'] }), 'clusters[0] "Prod" must be the name of'],
    [rule({ clusterLabels: {} }), 'rules[0]: clusterLabels must not be empty'],
    [
      rule({ clusterLabels: { environment: 5 } }),
      'clusterLabels["environment"] 5 must be of type string',
    ],
    [rule({ sizeClasses: ['big'] }), 'sizeClasses "big" is not one of small'],
    [rule({ groups: ['user:alice'] }), "is not a group's entity ref"],
    [rule({ roles: ['owner'] }), 'roles[0] "owner" must be "admin", "edit" or'],
    [rule({ maxDuration: '-3d' }), 'maxDuration'],
    [rule({ maxDuration: {} }), 'maxDuration'],
    [rule({ groupQuota: {} }), 'rules[0]: groupQuota must not be empty'],
    [
      rule({ groupQuota: { gpus: '1' } }),
      'groupQuota["gpus"] is not a resource that a ResourceQuota can bound',
    ],
    [
      rule({ groupQuota: { cpu: 'many' } }),
      'groupQuota["cpu"] "many" is not a Kubernetes quantity',
    ],
    [
      rule({ groupQuota: { cpu: '-1' } }),
      'groupQuota["cpu"] "-1" must not be negative',
    ],
    [
      { rules: [...rule({}).rules, ...rule({}).rules] },
      'berth.requests.rules holds "one" twice',
    ],
  ])('refuses %j', (requests, message) => {
    expect(() => read(requests)).toThrow(message);
  });
});
