/*
 * No API server with MutatingAdmissionPolicy is at hand. The variables are the whole logic of the policy, and the
 * admission plugin evaluates them here in a ValidatingAdmissionPolicy that compares the patches with the expected ones.
 * Not proven here: that an API server compiles the mutations, and applies the patches.
 */
import {
  AdmissionCase,
  AdmissionVerdict,
  describeWithControlPlane,
  judgeAdmission,
} from '@berth/control-plane';
import { previewedRefusals, RULES_ONLY } from './__testUtils__/isSameAsPreview';
import { Addition, celOf, withAdditions } from './__testUtils__/patches';
import { namespaceWith, podOf, PodSpec } from './__testUtils__/pods';
import { defaultsPolicySpec, PATCHES } from './defaultsPolicy';
import { packObjects } from './packObjects';

// The program that judges takes its time on a busy machine.
jest.setTimeout(60_000);

interface Example {
  name: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  object: object;
  additions: Addition[];
  /** Whether the pod with the additions passes the other policies; true by default. */
  passes?: boolean;
}

const ALICE = {
  'run-as-user': '12345',
  'run-as-group': '100',
  'supplemental-groups': '200,300',
};
const TEAM = { 'run-as-group': '100' };
const GPU = {
  'node-selector': 'example.com/zone=a,pool=gpu',
  tolerations: 'gpu=a100:NoSchedule,batch:NoExecute',
};

const IDENTITY = '/spec/securityContext';
const ESCALATION = 'securityContext/allowPrivilegeEscalation';
const GPU_TAINT = {
  key: 'gpu',
  operator: 'Equal',
  value: 'a100',
  effect: 'NoSchedule',
};
const BATCH_TAINT = { key: 'batch', operator: 'Exists', effect: 'NoExecute' };
const NOT_READY = {
  key: 'node.kubernetes.io/not-ready',
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
};

const add = (path: string, value: unknown): Addition => ({ path, value });
const container = (securityContext?: object) => ({
  name: 'web',
  image: 'web',
  ...(securityContext && { securityContext }),
});

const OF_ALICE = [
  add(`${IDENTITY}/runAsUser`, 12345),
  add(`${IDENTITY}/runAsGroup`, 100),
  add(`${IDENTITY}/fsGroup`, 100),
  add(`${IDENTITY}/supplementalGroups`, [200, 300]),
  add(`${IDENTITY}/supplementalGroupsPolicy`, 'Strict'),
];
const CONTAINER = add('/spec/containers/0/securityContext', {
  allowPrivilegeEscalation: false,
});
const NODES = [
  add('/spec/nodeSelector', {}),
  add('/spec/nodeSelector/example.com~1zone', 'a'),
  add('/spec/nodeSelector/pool', 'gpu'),
];
const TAINTS = [
  add('/spec/tolerations/-', GPU_TAINT),
  add('/spec/tolerations/-', BATCH_TAINT),
];

function ofAlice(
  name: string,
  spec: PodSpec,
  additions: Addition[],
  passes = true,
): Example {
  return {
    name,
    labels: { identity: 'enforced' },
    annotations: ALICE,
    object: podOf(spec),
    additions,
    passes,
  };
}

function onGpus(
  name: string,
  spec: PodSpec,
  additions: Addition[],
  label = 'enforced',
  passes = true,
): Example {
  return {
    name,
    labels: { placement: label },
    annotations: GPU,
    object: podOf(spec),
    additions,
    passes,
  };
}

const HARBOR = { name: 'berth-pull-harbor' };
const QUAY = { name: 'berth-pull-quay' };
const OF_POD = '/spec/imagePullSecrets';

function pulling(
  name: string,
  spec: PodSpec,
  additions: Addition[],
  value = `${HARBOR.name},${QUAY.name}`,
): Example {
  return {
    name,
    labels: {},
    annotations: { 'pull-secrets': value },
    object: podOf(spec),
    additions,
  };
}

function claim(
  name: string,
  spec: object,
  additions: Addition[],
  annotations: Record<string, string> = {
    'storage-class-replace': 'standard',
    'storage-class-by': 'fast',
  },
): Example {
  return {
    name,
    labels: { 'storage-class': 'set' },
    annotations,
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'team-a' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        ...spec,
      },
    },
    additions,
  };
}

const EXAMPLES: Example[] = [
  ofAlice('P11 adds the identity to a pod', {}, [...OF_ALICE, CONTAINER]),
  ofAlice(
    'P11 adds the identity to a pod without a context',
    { securityContext: undefined },
    [add(IDENTITY, {}), ...OF_ALICE, CONTAINER],
  ),
  ofAlice(
    'P11 adds it to each container that leaves privileges open',
    {
      containers: [
        container(),
        container({ runAsUser: 12345 }),
        container({ allowPrivilegeEscalation: false }),
      ],
      initContainers: [
        container({ allowPrivilegeEscalation: false }),
        container(),
      ],
    },
    [
      ...OF_ALICE,
      CONTAINER,
      add(`/spec/containers/1/${ESCALATION}`, false),
      add('/spec/initContainers/1/securityContext', {
        allowPrivilegeEscalation: false,
      }),
    ],
  ),
  ofAlice(
    'P11 changes nothing that a pod has, so that the policy denies it',
    {
      securityContext: {
        runAsUser: 0,
        runAsGroup: 0,
        fsGroup: 0,
        supplementalGroups: [0],
        supplementalGroupsPolicy: 'Merge',
      },
      containers: [container({ allowPrivilegeEscalation: true })],
    },
    [],
    false,
  ),
  ofAlice(
    'P11 leaves a privileged container to the policy',
    { containers: [container({ privileged: true })] },
    OF_ALICE,
    false,
  ),
  {
    ...ofAlice('P11 adds no user for a group', {}, [
      add(`${IDENTITY}/runAsNonRoot`, true),
      add(`${IDENTITY}/runAsGroup`, 100),
      add(`${IDENTITY}/fsGroup`, 100),
      add(`${IDENTITY}/supplementalGroupsPolicy`, 'Strict'),
      CONTAINER,
    ]),
    annotations: TEAM,
  },
  {
    ...ofAlice(
      'P11 keeps the user of a pod of a group',
      { securityContext: { runAsUser: 7 } },
      [
        add(`${IDENTITY}/runAsGroup`, 100),
        add(`${IDENTITY}/fsGroup`, 100),
        add(`${IDENTITY}/supplementalGroupsPolicy`, 'Strict'),
        CONTAINER,
      ],
    ),
    annotations: TEAM,
  },
  {
    ...ofAlice(
      'P12 adds nothing where the annotations are not valid',
      {},
      [],
      false,
    ),
    annotations: { 'run-as-user': '0', 'run-as-group': '100' },
  },
  {
    ...ofAlice('P12 adds nothing without the label', {}, []),
    labels: {},
  },
  onGpus('P16 adds nodes and taints to a pod', {}, [
    ...NODES,
    add('/spec/tolerations', []),
    ...TAINTS,
  ]),
  onGpus(
    'P16 adds to the tolerations of a pod',
    { tolerations: [NOT_READY, BATCH_TAINT] },
    [...NODES, TAINTS[0]],
  ),
  onGpus(
    'P16 adds to the labels of a pod',
    { nodeSelector: { disk: 'ssd', pool: 'gpu' }, tolerations: [NOT_READY] },
    [NODES[1], ...TAINTS],
  ),
  onGpus(
    'P16 leaves another pool to the policy',
    { nodeSelector: { pool: 'cpu' }, tolerations: [NOT_READY] },
    [NODES[1], ...TAINTS],
    'enforced',
    false,
  ),
  onGpus(
    'P16 leaves a node by name to the policy',
    { nodeName: 'node-1' },
    [],
    'enforced',
    false,
  ),
  onGpus(
    'P16 adds defaults to a pod that names no nodes',
    { tolerations: [NOT_READY] },
    [...NODES, ...TAINTS],
    'set',
  ),
  onGpus(
    'P16 adds no defaults to a pod that names nodes',
    { nodeSelector: { pool: 'cpu' } },
    [],
    'set',
  ),
  onGpus(
    'P16 adds no defaults to a pod with affinity to nodes',
    { affinity: { nodeAffinity: {} } },
    [],
    'set',
  ),
  {
    ...onGpus(
      'P16 adds nothing where the annotations are not valid',
      {},
      [],
      'enforced',
      false,
    ),
    annotations: { ...GPU, tolerations: 'gpu' },
  },
  {
    ...onGpus('P16 adds no labels and taints where there are none', {}, []),
    annotations: { 'node-selector': '' },
  },
  {
    ...onGpus('P16 adds both, identity and nodes', {}, [
      ...OF_ALICE,
      CONTAINER,
      ...NODES,
      add('/spec/tolerations', []),
      ...TAINTS,
    ]),
    labels: { identity: 'enforced', placement: 'enforced' },
    annotations: { ...ALICE, ...GPU },
  },
  pulling('P15 adds pull secrets to a pod', {}, [
    add(OF_POD, []),
    add(`${OF_POD}/-`, HARBOR),
    add(`${OF_POD}/-`, QUAY),
  ]),
  pulling(
    'P15 keeps the list of a pod, and of its service account',
    { imagePullSecrets: [{ name: 'own' }, QUAY] },
    [add(`${OF_POD}/-`, HARBOR)],
  ),
  pulling(
    'P15 keeps a list that has all',
    { imagePullSecrets: [QUAY, HARBOR] },
    [],
  ),
  pulling(
    'P15 adds no Secret that Berth does not write',
    {},
    [],
    'berth-pull-harbor,token',
  ),
  {
    ...pulling('P15 adds pull secrets and an identity', {}, [
      ...OF_ALICE,
      CONTAINER,
      add(OF_POD, []),
      add(`${OF_POD}/-`, HARBOR),
    ]),
    labels: { identity: 'enforced' },
    annotations: { ...ALICE, 'pull-secrets': HARBOR.name },
  },
  claim('P15 adds no pull secrets to a claim', {}, [], {
    'pull-secrets': HARBOR.name,
  }),
  claim('P17 replaces the storage class', { storageClassName: 'standard' }, [
    add('/spec/storageClassName', 'fast'),
  ]),
  claim('P17 keeps another storage class', { storageClassName: 'slow' }, []),
  claim('P17 keeps a claim without a storage class', {}, []),
  claim('P17 keeps a claim that wants no class', { storageClassName: '' }, [], {
    'storage-class-replace': '',
    'storage-class-by': 'fast',
  }),
  claim(
    'P17 keeps a claim for a volume',
    { storageClassName: 'standard', volumeName: 'pv-1' },
    [],
  ),
  claim(
    'P17 keeps a claim from a snapshot',
    {
      storageClassName: 'standard',
      dataSource: { kind: 'PersistentVolumeClaim', name: 'a' },
    },
    [],
  ),
  claim(
    'P17 keeps a claim from other data',
    {
      storageClassName: 'standard',
      dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'a' },
    },
    [],
  ),
  claim(
    'P17 keeps a claim where the new class is not known',
    { storageClassName: 'standard' },
    [],
    {
      'storage-class-replace': 'standard',
    },
  ),
  {
    ...claim(
      'P17 keeps a claim without the label',
      { storageClassName: 'standard' },
      [],
    ),
    labels: {},
  },
];

/** A policy with the variables of the defaults, which admits an object if its patches are the expected ones. */
function comparison({ additions }: Example, index: number): object[] {
  const { matchConstraints, variables } = defaultsPolicySpec();
  const name = `example-${index}`;
  const actual = PATCHES.map(one => `variables.${one}`).join(' + ');
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          ...matchConstraints,
          namespaceSelector: { matchLabels: { example: name } },
        },
        variables,
        validations: [
          {
            expression: `${actual} == ${celOf(additions)}`,
            messageExpression: `'patches ' + (${actual}).map(p, string(p.path)).join(' ')`,
          },
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  ];
}

function requestOf(
  { labels, annotations }: Example,
  object: object,
  example?: string,
): AdmissionCase {
  const namespaceObject = namespaceWith(labels, annotations);
  return {
    operation: 'CREATE',
    object,
    namespaceObject: {
      ...namespaceObject,
      metadata: {
        ...namespaceObject.metadata,
        labels: {
          ...namespaceObject.metadata.labels,
          ...(example && { example }),
        },
      },
    },
  };
}

describeWithControlPlane('the policy for defaults', () => {
  let computed: AdmissionVerdict[];
  let again: AdmissionVerdict[];
  let passed: AdmissionVerdict[];
  const cases = EXAMPLES.map((one, index) => ({ ...one, index }));
  const patched = EXAMPLES.map(({ object, additions }) =>
    withAdditions(object, additions),
  );

  beforeAll(async () => {
    const policies = packObjects('v1.36.0')
      .map(({ object }) => object)
      .filter(({ kind }) => kind.startsWith('Validating'));
    const name = (index: number) => `example-${index}`;
    [computed, again, passed] = await Promise.all([
      judgeAdmission(
        EXAMPLES.flatMap(comparison),
        EXAMPLES.map((one, index) => requestOf(one, one.object, name(index))),
      ),
      judgeAdmission(
        EXAMPLES.flatMap((one, index) =>
          comparison({ ...one, additions: [] }, index),
        ),
        EXAMPLES.map((one, index) =>
          requestOf(one, patched[index], name(index)),
        ),
      ),
      judgeAdmission(
        policies,
        EXAMPLES.map((one, index) => requestOf(one, patched[index])),
      ),
    ]);
  });

  it.each(cases)('$name', ({ index }) => {
    expect(computed[index]).toMatchObject({
      allowed: true,
      policies: expect.arrayContaining([
        expect.objectContaining({
          policy: `example-${index}`,
          outcome: 'evaluated',
        }),
      ]),
    });
  });

  it.each(cases)('adds nothing to its own result: $name', ({ index }) => {
    expect(again[index]).toMatchObject({ allowed: true });
  });

  it.each(cases)(
    'and then the other policies decide: $name',
    ({ index, passes = true }) => {
      expect(passed[index].allowed).toBe(passes);
    },
  );

  it.each(
    // A pod that runs has a node, and Berth writes no annotations that are not valid.
    cases.filter(
      ({ name, object }) =>
        JSON.stringify(object).includes('"Pod"') &&
        !/node by name|are not valid/.test(name),
    ),
  )(
    'P2 and previews say the same of a pod that runs: $name',
    ({ index: _, passes = true, ...one }) => {
      const refusals = previewedRefusals(requestOf(one, one.object), {
        ...RULES_ONLY,
        defaults: true,
      });
      expect(refusals.length === 0).toBe(passes);
    },
  );

  it('P12 has its own selector, so that other namespaces are untouched', () => {
    expect(defaultsPolicySpec().matchConstraints).toMatchObject({
      namespaceSelector: {
        matchLabels: { 'app.kubernetes.io/managed-by': 'berth' },
      },
    });
  });
});
