import {
  AdmissionCase,
  AdmissionVerdict,
  describeWithControlPlane,
  judgeAdmission,
} from '@berth/control-plane';
import { CREATORS, namespaceWith, podOf, PodSpec } from './__testUtils__/pods';
import { isSameAsPreview } from './__testUtils__/isSameAsPreview';
import { packObjects } from './packObjects';

// The program that judges takes its time on a busy machine.
jest.setTimeout(60_000);

const ALICE = {
  'run-as-user': '12345',
  'run-as-group': '100',
  'supplemental-groups': '200,300',
};
/** Without a user: any that is not root. */
const TEAM = { 'run-as-group': '100', 'supplemental-groups': '200,300' };

const alice = { runAsUser: 12345, runAsGroup: 100 };
const safe = { allowPrivilegeEscalation: false };
const strict = { supplementalGroupsPolicy: 'Strict' };

type Fields = Record<string, unknown>;
type Case = [string, AdmissionCase, RegExp | undefined];

/** A pod that may run in the namespace of `ALICE`, with changes of its own, its container's and others' fields. */
function pod(changes: Fields = {}, container: Fields = {}, more: PodSpec = {}) {
  return podOf({
    securityContext: { ...alice, ...strict, ...changes },
    containers: [
      { name: 'web', image: 'web', securityContext: { ...safe, ...container } },
    ],
    ...more,
  });
}

function create(object: object, annotations: Record<string, string>) {
  return request('CREATE', object, annotations);
}

function request(
  operation: 'CREATE' | 'UPDATE',
  object: object,
  annotations: Record<string, string>,
  more: Partial<AdmissionCase> = {},
): AdmissionCase {
  return {
    operation,
    object,
    namespaceObject: namespaceWith({ identity: 'enforced' }, annotations),
    ...more,
  };
}

/** A container in addition to one that may run. */
const second = (field: string, securityContext?: Fields): PodSpec => ({
  [field]: [
    { name: 'second', image: 'x', ...(securityContext && { securityContext }) },
  ],
});

const USER = /must have securityContext.runAsUser: 12345/;
const ROOT = /must not run as root/;
const GROUP = /must have securityContext.runAsGroup: 100/;
const PRIVILEGES = /allowPrivilegeEscalation: false/;
const FS_GROUP = /fsGroup must be one of 100, 200, 300/;
const GROUPS = /supplementalGroups must be among 100, 200, 300/;
const STRICT = /supplementalGroupsPolicy must be Strict/;
const WINDOWS = /windowsOptions is not allowed/;

const ALLOWED: [string, object][] = [
  ['the user and group of the pod', pod()],
  ['those of the container', pod({ runAsUser: 7, runAsGroup: 7 }, alice)],
  [
    'those of the container alone',
    pod({ runAsUser: undefined, runAsGroup: undefined }, alice),
  ],
  ['an init container', pod({}, {}, second('initContainers', safe))],
  ['its group as fsGroup', pod({ fsGroup: 100 })],
  ['another of its groups as fsGroup', pod({ fsGroup: 300 })],
  ['all its groups', pod({ supplementalGroups: [100, 200, 300] })],
  ['no groups', pod({ supplementalGroups: [] })],
  [
    'a port below 1024',
    pod({}, { capabilities: { add: ['NET_BIND_SERVICE'] } }),
  ],
  ['dropped capabilities', pod({}, { capabilities: { drop: ['ALL'] } })],
  ['no added capabilities', pod({}, { capabilities: { add: [] } })],
  [
    'a pod with many containers',
    podOf({
      securityContext: { ...alice, ...strict },
      containers: Array.from({ length: 200 }, (_, index) => ({
        name: `web-${index}`,
        securityContext: { ...alice, ...safe, capabilities: { drop: ['ALL'] } },
      })),
    }),
  ],
  ['not privileged', pod({}, { privileged: false })],
];

const DENIED: [string, object, RegExp][] = [
  ['no security context', podOf({}), USER],
  ['a pod without the field', podOf({ securityContext: undefined }), USER],
  ['another user', pod({ runAsUser: 12346 }), USER],
  ['root', pod({ runAsUser: 0 }), USER],
  ['no user', pod({ runAsUser: undefined }), USER],
  [
    'not root, but who?',
    pod({ runAsUser: undefined, runAsNonRoot: true }),
    USER,
  ],
  ['a container as root', pod({}, { runAsUser: 0 }), USER],
  ['a container as another', pod({}, { runAsUser: 12346 }), USER],
  [
    'another init user',
    pod({}, {}, second('initContainers', { ...safe, runAsUser: 1 })),
    USER,
  ],
  [
    'a second container',
    podOf({
      securityContext: { ...alice, ...strict },
      containers: [
        { name: 'web', securityContext: safe },
        { name: 'side', securityContext: { ...safe, runAsUser: 1 } },
      ],
    }),
    /the container side must have securityContext.runAsUser: 12345/,
  ],
  [
    'an ephemeral one at creation',
    pod({}, {}, second('ephemeralContainers', { ...safe, runAsUser: 0 })),
    USER,
  ],
  ['another group', pod({ runAsGroup: 200 }), GROUP],
  ['group 0', pod({ runAsGroup: 0 }), GROUP],
  ['no group: the image chooses', pod({ runAsGroup: undefined }), GROUP],
  ['a container in group 0', pod({}, { runAsGroup: 0 }), GROUP],
  [
    'an init container in another group',
    pod({}, {}, second('initContainers', { ...safe, runAsGroup: 1 })),
    GROUP,
  ],
  ['a foreign fsGroup', pod({ fsGroup: 400 }), FS_GROUP],
  ['fsGroup 0', pod({ fsGroup: 0 }), FS_GROUP],
  ['its user as fsGroup', pod({ fsGroup: 12345 }), FS_GROUP],
  ['the end of a number as fsGroup', pod({ fsGroup: 20 }), FS_GROUP],
  ['a foreign group', pod({ supplementalGroups: [200, 400] }), GROUPS],
  ['group 0 among others', pod({ supplementalGroups: [0] }), GROUPS],
  [
    'the groups of the image',
    pod({ supplementalGroupsPolicy: 'Merge' }),
    STRICT,
  ],
  ['those by default', pod({ supplementalGroupsPolicy: undefined }), STRICT],
  ['setuid programs', pod({}, { allowPrivilegeEscalation: true }), PRIVILEGES],
  [
    'those by default',
    pod({}, { allowPrivilegeEscalation: undefined }),
    PRIVILEGES,
  ],
  [
    'a container without a context',
    podOf({
      securityContext: { ...alice, ...strict },
    }),
    PRIVILEGES,
  ],
  [
    'an init container with setuid programs',
    pod({}, {}, second('initContainers')),
    PRIVILEGES,
  ],
  ['a privileged container', pod({}, { privileged: true }), PRIVILEGES],
  ['SETUID', pod({}, { capabilities: { add: ['SETUID'] } }), PRIVILEGES],
  [
    'CAP_SETGID',
    pod({}, { capabilities: { add: ['CAP_SETGID'] } }),
    PRIVILEGES,
  ],
  ['ALL', pod({}, { capabilities: { add: ['ALL'] } }), PRIVILEGES],
  [
    'one more',
    pod({}, { capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN'] } }),
    PRIVILEGES,
  ],
  [
    'Windows',
    pod({ windowsOptions: { runAsUserName: 'Administrator' } }),
    WINDOWS,
  ],
  [
    'a container of Windows',
    pod({}, { windowsOptions: { hostProcess: true } }),
    WINDOWS,
  ],
];

const TEAM_ALLOWED: [string, object][] = [
  ['any user', pod({ runAsUser: 7 })],
  [
    'the user of the image that is not root',
    pod({ runAsUser: undefined, runAsNonRoot: true }),
  ],
  [
    'a container that is not root',
    pod({ runAsUser: undefined }, { runAsNonRoot: true }),
  ],
  ['a container with a user', pod({ runAsUser: undefined }, { runAsUser: 7 })],
];

const TEAM_DENIED: [string, object, RegExp][] = [
  ['root', pod({ runAsUser: 0 }), ROOT],
  ['root that says it is not', pod({ runAsUser: 0, runAsNonRoot: true }), ROOT],
  ['the user of the image', pod({ runAsUser: undefined }), ROOT],
  [
    'a container that may be root',
    pod({ runAsUser: undefined, runAsNonRoot: true }, { runAsNonRoot: false }),
    ROOT,
  ],
  ['a container as root', pod({ runAsUser: 7 }, { runAsUser: 0 }), ROOT],
  [
    'an init container as root',
    pod(
      { runAsUser: 7 },
      {},
      second('initContainers', { ...safe, runAsUser: 0 }),
    ),
    ROOT,
  ],
  ['another group', pod({ runAsGroup: 200 }), GROUP],
  ['setuid programs', pod({}, { allowPrivilegeEscalation: true }), PRIVILEGES],
];

/** Annotations that are not valid. */
const INVALID: [string, Record<string, string>][] = [
  ['none', {}],
  ['no group', { 'run-as-user': '12345' }],
  ['an empty group', { ...ALICE, 'run-as-group': '' }],
  ['an empty user', { ...ALICE, 'run-as-user': '' }],
  ['root', { ...ALICE, 'run-as-user': '0' }],
  ['group 0', { ...ALICE, 'run-as-group': '0' }],
  ['a leading 0', { ...ALICE, 'run-as-user': '012345' }],
  ['a sign', { ...ALICE, 'run-as-user': '-1' }],
  ['a range', { ...ALICE, 'run-as-user': '1-99999' }],
  ['a space', { ...ALICE, 'run-as-user': '12345 ' }],
  ['a line break', { ...ALICE, 'run-as-user': '12345\n' }],
  ['a word', { ...ALICE, 'run-as-user': 'alice' }],
  ['hexadecimal', { ...ALICE, 'run-as-user': '0x3039' }],
  ['11 digits', { ...ALICE, 'run-as-user': '12345678901' }],
  ['empty groups', { ...ALICE, 'supplemental-groups': '' }],
  ['a comma too many', { ...ALICE, 'supplemental-groups': '200,' }],
  ['groups with spaces', { ...ALICE, 'supplemental-groups': '200, 300' }],
  ['group 0 among groups', { ...ALICE, 'supplemental-groups': '0,200' }],
];

const debugged = (securityContext?: Fields) =>
  request(
    'UPDATE',
    pod({}, {}, second('ephemeralContainers', securityContext)),
    ALICE,
    {
      resource: 'pods/ephemeralcontainers',
      name: 'web',
      namespace: 'team-a',
      oldObject: pod(),
    },
  );

/** Updates, and namespaces that the policy does not apply to. */
const OTHER: Case[] = [
  ...CREATORS.map(
    (userInfo): Case => [
      `root for ${userInfo.username}`,
      request('CREATE', pod({ runAsUser: 0 }), ALICE, { userInfo }),
      USER,
    ],
  ),
  ['an ephemeral container with the same user', debugged(safe), undefined],
  ['an ephemeral container as root', debugged({ ...safe, runAsUser: 0 }), USER],
  [
    'an ephemeral container in another group',
    debugged({ ...safe, runAsGroup: 0 }),
    GROUP,
  ],
  ['an ephemeral container without a context', debugged(), PRIVILEGES],
  [
    'a privileged ephemeral container',
    debugged({ ...safe, privileged: true }),
    PRIVILEGES,
  ],
  [
    'the update of a pod from before the label, so that it can end',
    request('UPDATE', podOf({}), ALICE, { oldObject: podOf({}) }),
    undefined,
  ],
  [
    'root in a namespace without the label',
    { ...create(podOf({}), {}), namespaceObject: namespaceWith({}, ALICE) },
    undefined,
  ],
  [
    'root in kube-system',
    {
      ...create(podOf({}, 'kube-system'), {}),
      namespaceObject: namespaceWith({}, {}, 'kube-system'),
    },
    undefined,
  ],
  [
    'root in a namespace with an unknown value of the label',
    {
      ...create(podOf({}), ALICE),
      namespaceObject: namespaceWith({ identity: 'off' }, ALICE),
    },
    USER,
  ],
];

describeWithControlPlane('the policy for identities', () => {
  const outcomes = new Map<AdmissionCase, AdmissionVerdict>();
  const cases = {
    allowed: ALLOWED.map(([, object]) => create(object, ALICE)),
    denied: DENIED.map(([, object]) => create(object, ALICE)),
    teamAllowed: TEAM_ALLOWED.map(([, object]) => create(object, TEAM)),
    teamDenied: TEAM_DENIED.map(([, object]) => create(object, TEAM)),
    invalid: INVALID.map(([, annotations]) => create(pod(), annotations)),
    other: OTHER.map(([, one]) => one),
  };

  beforeAll(async () => {
    const all = Object.values(cases).flat();
    const policies = packObjects('v1.33.0').map(({ object }) => object);
    const verdicts = await judgeAdmission(policies, all);
    all.forEach((one, index) => outcomes.set(one, verdicts[index]));
  });

  const verdictOn = (one: AdmissionCase) => outcomes.get(one)!;
  const isEvaluated = ({ policies }: AdmissionVerdict) =>
    policies.some(
      ({ policy, outcome }) =>
        policy === 'identity.berth.dev' && outcome === 'evaluated',
    );

  it.each(ALLOWED.map(([name], index) => [name, index] as const))(
    'P11 admits %s',
    (_, index) => {
      const verdict = verdictOn(cases.allowed[index]);
      expect(verdict).toMatchObject({ allowed: true });
      expect(isEvaluated(verdict)).toBe(true);
    },
  );

  it.each(DENIED.map(([name, , why], index) => [name, why, index] as const))(
    'P11 denies %s',
    (_, why, index) => {
      expect(verdictOn(cases.denied[index])).toMatchObject({
        allowed: false,
        message: expect.stringMatching(why),
      });
    },
  );

  it.each(TEAM_ALLOWED.map(([name], index) => [name, index] as const))(
    'P11 admits, for a group, %s',
    (_, index) => {
      expect(verdictOn(cases.teamAllowed[index]).allowed).toBe(true);
    },
  );

  it.each(
    TEAM_DENIED.map(([name, , why], index) => [name, why, index] as const),
  )('P11 denies, for a group, %s', (_, why, index) => {
    expect(verdictOn(cases.teamDenied[index])).toMatchObject({
      allowed: false,
      message: expect.stringMatching(why),
    });
  });

  it.each(INVALID.map(([name], index) => [name, index] as const))(
    'P12 denies all pods with these annotations: %s',
    (_, index) => {
      expect(verdictOn(cases.invalid[index])).toMatchObject({
        allowed: false,
        message: expect.stringMatching(/annotations .* are not valid/),
      });
    },
  );

  it.each(OTHER.filter(([, , why]) => !why))('P11 P12 admits %s', (_, one) => {
    expect(verdictOn(one)).toMatchObject({ allowed: true });
  });

  it.each(OTHER.filter(([, , why]) => why))(
    'P11 P12 denies %s',
    (_, one, why) => {
      expect(verdictOn(one)).toMatchObject({
        allowed: false,
        message: expect.stringMatching(why!),
      });
    },
  );

  it('P2 P11 previews say the same of pods that run', () => {
    const { allowed, denied, teamAllowed, teamDenied } = cases;
    const judged = [allowed, denied, teamAllowed, teamDenied]
      .flat()
      // A pod that starts again has no ephemeral containers.
      .filter(one => !JSON.stringify(one.object).includes('ephemeral'));
    expect(judged.filter(one => !isSameAsPreview(one, verdictOn(one)))).toEqual(
      [],
    );
    expect(judged.length).toBeGreaterThan(50);
  });

  it('P12 judges by as many pods as the rule asks for', () => {
    expect(outcomes.size).toBeGreaterThanOrEqual(60);
  });

  it('P11 compiles on Kubernetes 1.30, and leaves the groups of images alone before 1.33', async () => {
    const merged = create(pod({ supplementalGroupsPolicy: undefined }), ALICE);
    const policies = packObjects('v1.30.0').map(({ object }) => object);
    const [verdict] = await judgeAdmission(policies, [merged], {
      celVersion: '1.30',
    });
    expect(verdict.allowed).toBe(true);
  });
});
