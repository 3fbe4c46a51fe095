import {
  AdmissionCase,
  AdmissionVerdict,
  describeWithControlPlane,
  judgeAdmission,
} from '@berth/control-plane';
import { CREATORS, namespaceWith, podOf, PodSpec } from './__testUtils__/pods';
import { isSameAsPreview } from './__testUtils__/isSameAsPreview';
import { packObjects } from './packObjects';
import { KUBERNETES_TOLERATIONS } from './placementPolicy';

// The program that judges takes its time on a busy machine.
jest.setTimeout(60_000);

type Case = [string, AdmissionCase, RegExp?];

const GPU = {
  'node-selector': 'example.com/zone=a,pool=gpu',
  tolerations: 'gpu=a100:NoSchedule,batch:NoExecute',
};
const nodeSelector = { pool: 'gpu', 'example.com/zone': 'a' };

function create(
  spec: PodSpec,
  annotations: Record<string, string> = GPU,
  label = 'enforced',
): AdmissionCase {
  return {
    operation: 'CREATE',
    object: podOf(spec),
    namespaceObject: namespaceWith({ placement: label }, annotations),
  };
}

/** An update of a pod that was made before the namespace had its label. */
function update(before: PodSpec, after: PodSpec, annotations = GPU) {
  return {
    ...create(after, annotations),
    operation: 'UPDATE' as const,
    oldObject: podOf(before),
  };
}

function tolerating(...tolerations: Record<string, string | number>[]) {
  return create({ nodeSelector, tolerations });
}

function toleration(text: string) {
  const [key, effect] = text.split(':');
  return { key, effect, operator: 'Exists' };
}

function requiredAffinity(...terms: Record<string, string>[]) {
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: terms.map(term => ({
          matchExpressions: Object.entries(term).map(([key, value]) => ({
            key,
            operator: 'In',
            values: [value],
          })),
        })),
      },
    },
  };
}

const NODES = /spec.nodeSelector must have example.com\/zone=a, pool=gpu/;
const TAINTS =
  /spec.tolerations may have only gpu=a100:NoSchedule, batch:NoExecute/;
const NAME = /spec.nodeName must be empty/;
const INVALID = /annotations .* are not valid/;

/** Cases without a message are admitted. */
const CASES: Case[] = [
  ...CREATORS.map(
    (userInfo): Case => [
      `other nodes for ${userInfo.username}`,
      { ...create({ nodeSelector: { pool: 'cpu' } }), userInfo },
      NODES,
    ],
  ),
  ['the nodes of the namespace', create({ nodeSelector })],
  ['fewer nodes', create({ nodeSelector: { ...nodeSelector, disk: 'ssd' } })],
  ['no nodes', create({}), NODES],
  ['an empty selector', create({ nodeSelector: {} }), NODES],
  [
    'another pool',
    create({ nodeSelector: { ...nodeSelector, pool: 'cpu' } }),
    NODES,
  ],
  ['a part of the labels', create({ nodeSelector: { pool: 'gpu' } }), NODES],
  [
    'an empty label',
    create({ nodeSelector: { ...nodeSelector, pool: '' } }),
    NODES,
  ],
  [
    'another pool by affinity, which no node meets',
    create({ nodeSelector, affinity: requiredAffinity({ pool: 'cpu' }) }),
  ],
  [
    'the pool by affinity alone, with a second term for another',
    create({ affinity: requiredAffinity({ pool: 'gpu' }, { pool: 'cpu' }) }),
    NODES,
  ],
  [
    'the pool by affinity alone',
    create({
      affinity: requiredAffinity({ pool: 'gpu', 'example.com/zone': 'a' }),
    }),
    NODES,
  ],
  [
    'a pod of a DaemonSet, which chooses its node by name',
    create({
      nodeSelector,
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchFields: [
                  { key: 'metadata.name', operator: 'In', values: ['node-1'] },
                ],
              },
            ],
          },
        },
      },
      tolerations: KUBERNETES_TOLERATIONS.map(toleration),
    }),
  ],
  ['a node by name', create({ nodeSelector, nodeName: 'node-1' }), NAME],
  [
    'many tolerations',
    create({
      nodeSelector,
      tolerations: Array.from({ length: 50 }, (_, index) => ({
        key: 'batch',
        value: `x${index}`,
        effect: 'NoExecute',
      })),
    }),
  ],
  ['another scheduler', create({ nodeSelector, schedulerName: 'mine' })],
  [
    'its taint',
    tolerating({
      key: 'gpu',
      operator: 'Equal',
      value: 'a100',
      effect: 'NoSchedule',
    }),
  ],
  [
    'its taint by the default operator',
    tolerating({ key: 'gpu', value: 'a100', effect: 'NoSchedule' }),
  ],
  [
    'its taint with any value',
    tolerating({ key: 'batch', operator: 'Exists', effect: 'NoExecute' }),
  ],
  [
    'a value of a taint with any value',
    tolerating({ key: 'batch', value: 'x', effect: 'NoExecute' }),
  ],
  [
    'its taint for some seconds',
    tolerating({
      key: 'batch',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 30,
    }),
  ],
  ...KUBERNETES_TOLERATIONS.map((text): [string, AdmissionCase] => [
    text,
    tolerating(toleration(text)),
  ]),
  [
    'a foreign taint',
    tolerating({ key: 'infra', operator: 'Exists', effect: 'NoSchedule' }),
    TAINTS,
  ],
  [
    'its taint with another value',
    tolerating({ key: 'gpu', value: 'h100', effect: 'NoSchedule' }),
    TAINTS,
  ],
  [
    'its taint with any other value',
    tolerating({ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }),
    TAINTS,
  ],
  [
    'its taint with greater values',
    tolerating({
      key: 'gpu',
      operator: 'Gt',
      value: 'a100',
      effect: 'NoSchedule',
    }),
    TAINTS,
  ],
  [
    'its taint with another effect',
    tolerating({ key: 'gpu', value: 'a100', effect: 'NoExecute' }),
    TAINTS,
  ],
  [
    'its taint with every effect',
    tolerating({ key: 'gpu', value: 'a100' }),
    TAINTS,
  ],
  ['every taint', tolerating({ operator: 'Exists' }), TAINTS],
  [
    'every taint of an effect',
    tolerating({ operator: 'Exists', effect: 'NoSchedule' }),
    TAINTS,
  ],
  [
    'a taint of Kubernetes with every effect',
    tolerating({ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }),
    TAINTS,
  ],
  [
    'the taint of control planes',
    tolerating({
      key: 'node-role.kubernetes.io/control-plane',
      operator: 'Exists',
      effect: 'NoSchedule',
    }),
    TAINTS,
  ],
  [
    'a key that looks like the text of its taint',
    tolerating({
      key: 'gpu=a100:NoSchedule,x',
      operator: 'Exists',
      effect: 'NoSchedule',
    }),
    TAINTS,
  ],
  [
    'a foreign taint after its own',
    tolerating(
      { key: 'batch', operator: 'Exists', effect: 'NoExecute' },
      { key: 'infra', operator: 'Exists', effect: 'NoSchedule' },
    ),
    TAINTS,
  ],
  [
    'any node where the selector is empty',
    create({}, { ...GPU, 'node-selector': '' }),
  ],
  [
    'foreign taints where it has none',
    create({ tolerations: [{ operator: 'Exists' }] }, { 'node-selector': '' }),
    /may have only those of Kubernetes/,
  ],
  [
    'a foreign taint that is added later',
    update(
      { nodeSelector },
      { nodeSelector, tolerations: [{ operator: 'Exists' }] },
    ),
    TAINTS,
  ],
  [
    'its own taint that is added later',
    update({}, { tolerations: [toleration('batch:NoExecute')] }),
  ],
  [
    'the end of a pod from before the label',
    update(
      { nodeName: 'cpu-1', tolerations: [{ operator: 'Exists' }] },
      { nodeName: 'cpu-1', tolerations: [{ operator: 'Exists' }] },
    ),
  ],
  [
    'any pod with the label "set"',
    create(
      { nodeName: 'x', tolerations: [{ operator: 'Exists' }] },
      GPU,
      'set',
    ),
  ],
  ['any pod with an unknown label', create({}, GPU, 'off'), NODES],
  ['no annotations', create({ nodeSelector }, {}), INVALID],
  [
    'no selector',
    create({ nodeSelector }, { tolerations: GPU.tolerations }),
    INVALID,
  ],
  [
    'a selector without a value',
    create({ nodeSelector }, { ...GPU, 'node-selector': 'pool' }),
    INVALID,
  ],
  [
    'a selector with a space',
    create({ nodeSelector }, { ...GPU, 'node-selector': 'pool=gpu, zone=a' }),
    INVALID,
  ],
  [
    'a selector with a line break',
    create({ nodeSelector }, { ...GPU, 'node-selector': 'pool=gpu\n' }),
    INVALID,
  ],
  [
    'a selector that ends in a comma',
    create({ nodeSelector }, { ...GPU, 'node-selector': 'pool=gpu,' }),
    INVALID,
  ],
  [
    'a taint without an effect',
    create({ nodeSelector }, { ...GPU, tolerations: 'gpu' }),
    INVALID,
  ],
  [
    'a taint with an unknown effect',
    create({ nodeSelector }, { ...GPU, tolerations: 'gpu:Never' }),
    INVALID,
  ],
  [
    'a taint without a key',
    create({ nodeSelector }, { ...GPU, tolerations: ':NoSchedule' }),
    INVALID,
  ],
  [
    'no annotations on an update that adds a toleration',
    update({}, { tolerations: [{ operator: 'Exists' }] }, {} as typeof GPU),
    /may have only those of Kubernetes/,
  ],
  [
    'a namespace without the label',
    { ...create({}), namespaceObject: namespaceWith({}, GPU) },
  ],
];

describeWithControlPlane('the policy for nodes', () => {
  let verdicts: AdmissionVerdict[];

  beforeAll(async () => {
    verdicts = await judgeAdmission(
      packObjects('v1.30.0').map(({ object }) => object),
      CASES.map(([, one]) => one),
      { celVersion: '1.30' },
    );
  });

  const cases = CASES.map(([name, , why], index) => ({ name, why, index }));

  it.each(cases.filter(({ why }) => !why))('P16 admits $name', ({ index }) => {
    expect(verdicts[index]).toMatchObject({ allowed: true });
  });

  it.each(cases.filter(({ why }) => why))(
    'P16 denies $name',
    ({ index, why }) => {
      expect(verdicts[index]).toMatchObject({
        allowed: false,
        message: expect.stringMatching(why!),
      });
    },
  );

  it('P2 P16 previews say the same of pods that run', () => {
    const judged = CASES.map(([, one, why], index) => ({ one, why, index }))
      .filter(({ one }) => one.operation === 'CREATE')
      // A pod that runs has a node, and Berth writes no annotations that are not valid.
      .filter(({ why }) => why !== NAME && why !== INVALID);
    expect(
      judged.filter(({ one, index }) => !isSameAsPreview(one, verdicts[index])),
    ).toEqual([]);
    expect(judged.length).toBeGreaterThan(40);
  });
});
