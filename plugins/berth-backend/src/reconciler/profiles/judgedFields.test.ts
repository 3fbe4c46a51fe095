import {
  AdmissionCase,
  AdmissionVerdict,
  describeWithControlPlane,
  judgeAdmission,
} from '@berth/control-plane';
import { packObjects } from '../../policyPack';
import { previewedRefusals } from '../../policyPack/__testUtils__/isSameAsPreview';
import { podOf, PodSpec } from '../../policyPack/__testUtils__/pods';
import { namespaceFields, NamespaceFacts } from './namespaceFields';
import { Profile } from './types';

// The program that judges takes its time on a busy machine.
jest.setTimeout(60_000);

const IDS = {
  runAsUser: 12345,
  runAsGroup: 100,
  supplementalGroups: [200, 300],
};
const identity = { uid: 'uid', gid: 'gid', minimum: 1000 };

const pod = (securityContext: object) =>
  podOf({
    securityContext: {
      runAsUser: 12345,
      runAsGroup: 100,
      supplementalGroups: [200, 300],
      supplementalGroupsPolicy: 'Strict',
      ...securityContext,
    },
    containers: [
      {
        name: 'web',
        image: 'web',
        securityContext: { allowPrivilegeEscalation: false },
      },
    ],
  });

function request(
  profile: Partial<Profile>,
  facts: Partial<NamespaceFacts>,
  object: object,
): AdmissionCase {
  const fields = namespaceFields(
    { name: 'one', networkPolicies: [], ...profile },
    { cluster: {}, ...facts },
  );
  return {
    operation: 'CREATE',
    object,
    namespaceObject: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a', ...fields },
    },
  };
}

const owned = (object: object) =>
  request({ identity }, { identity: IDS }, object);
const placed = (
  nodes: NamespaceFacts['cluster']['nodePlacement'],
  spec: PodSpec,
) =>
  request(
    { placement: { from: 'cluster', enforce: true } },
    { cluster: { nodePlacement: nodes } },
    podOf(spec),
  );

const GPU = {
  nodeSelector: { 'example.com/pool': 'gpu', zone: '' },
  tolerations: [
    { key: 'gpu' },
    { key: 'team', value: 'a', effect: 'NoSchedule' as const },
    { operator: 'Exists' as const },
  ],
};
const nodeSelector = GPU.nodeSelector;

/** A size class with nodes in a namespace with an enforced profile. */
const withClass = (spec: PodSpec) =>
  request(
    {
      placement: {
        nodeSelector: { tenant: 'lab', pool: 'general' },
        enforce: true,
      },
    },
    {
      placement: {
        nodeSelector: { pool: 'gpu' },
        tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
      },
    },
    podOf(spec),
  );
const labGpu = { tenant: 'lab', pool: 'gpu' };

const CASES: [string, AdmissionCase, boolean][] = [
  ['the IDs of the owner', owned(pod({})), true],
  ['another user', owned(pod({ runAsUser: 12346 })), false],
  ['another group', owned(pod({ runAsGroup: 200 })), false],
  ['a foreign group', owned(pod({ supplementalGroups: [400] })), false],
  ['an owner without IDs', request({ identity }, {}, pod({})), false],
  [
    'a group without more groups',
    request(
      { identity },
      { identity: { runAsGroup: 100, supplementalGroups: [] } },
      pod({ runAsUser: 7, supplementalGroups: [] }),
    ),
    true,
  ],
  ['the nodes of the cluster', placed(GPU, { nodeSelector }), true],
  ['no nodes', placed(GPU, {}), false],
  [
    'other nodes',
    placed(GPU, { nodeSelector: { ...nodeSelector, zone: 'b' } }),
    false,
  ],
  [
    'tolerations of the cluster',
    placed(GPU, {
      nodeSelector,
      tolerations: [
        { key: 'gpu', value: '', effect: 'NoExecute' },
        { key: 'gpu', operator: 'Equal', effect: 'NoSchedule' },
        { key: 'team', value: 'a', effect: 'NoSchedule' },
      ],
    }),
    true,
  ],
  [
    'a foreign toleration',
    placed(GPU, {
      nodeSelector,
      tolerations: [{ key: 'team', value: 'b', effect: 'NoSchedule' }],
    }),
    false,
  ],
  [
    'a toleration of all taints, which is left out',
    placed(GPU, { nodeSelector, tolerations: [{ operator: 'Exists' }] }),
    false,
  ],
  ['any nodes where the cluster has none', placed({}, { nodeSelector }), true],
  [
    'a toleration where the cluster has none',
    placed({}, { tolerations: [{ key: 'a', effect: 'NoSchedule' }] }),
    false,
  ],
  [
    'the nodes of a size class and of the profile',
    withClass({
      nodeSelector: labGpu,
      tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
    }),
    true,
  ],
  [
    'the nodes of a size class of any tenant',
    withClass({ nodeSelector: { pool: 'gpu' } }),
    false,
  ],
  [
    'the nodes of the profile that the class replaces',
    withClass({ nodeSelector: { ...labGpu, pool: 'general' } }),
    false,
  ],
  [
    'anything where nothing is enforced',
    request(
      { placement: { nodeSelector, enforce: false } },
      {},
      podOf({ tolerations: [{ operator: 'Exists' }] }),
    ),
    true,
  ],
];

describeWithControlPlane('the policies, by the fields of namespaces', () => {
  let verdicts: AdmissionVerdict[];

  beforeAll(async () => {
    verdicts = await judgeAdmission(
      packObjects('v1.33.0').map(({ object }) => object),
      CASES.map(([, one]) => one),
    );
  });

  it.each(
    CASES.map(([name, , allowed], index) => [name, allowed, index] as const),
  )('P11 P12 P16 judge %s: %s', (_, allowed, index) => {
    expect(verdicts[index]).toMatchObject({ allowed });
    const [, one] = CASES[index];
    expect(previewedRefusals(one).length === 0).toBe(allowed);
  });
});
