import { JsonObject } from '../types';

/** A rule of the Pod Security Standards that a pod breaks. */
export interface Violation {
  /** The rule, such as `allowPrivilegeEscalation != false`. */
  reason: string;
  /** The place in the pod, such as `container "web" must set …`. */
  detail: string;
}

type Check = (spec: JsonObject) => Violation | undefined;

const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
];

const VOLUME_TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const SECCOMP_TYPES = ['RuntimeDefault', 'Localhost'];

/* The rules of both levels. */

function hostNamespaces(spec: JsonObject): Violation | undefined {
  const used = ['hostNetwork', 'hostPID', 'hostIPC'].filter(
    field => spec[field],
  );
  return violation(
    'host namespaces',
    used.map(field => `${field}=true`).join(', '),
  );
}

const hostPorts = ofContainers(
  'hostPort',
  ({ ports = [] }) => ports.some(({ hostPort }: JsonObject) => hostPort),
  'use hostPort',
);

const privileged = ofContainers(
  'privileged',
  ({ securityContext }) => securityContext?.privileged,
  'must not set securityContext.privileged=true',
);

const procMount = ofContainers(
  'procMount',
  ({ securityContext }) =>
    (securityContext?.procMount ?? 'Default') !== 'Default',
  'must not set securityContext.procMount',
);

function sysctls(spec: JsonObject): Violation | undefined {
  const names: string[] = (spec.securityContext?.sysctls ?? []).map(
    ({ name }: JsonObject) => name,
  );
  return violation(
    'forbidden sysctls',
    names.filter(name => !SAFE_SYSCTLS.includes(name)).join(', '),
  );
}

/* The rules of the baseline that restricted has in a stricter form. */

const addedCapabilities = ofContainers(
  'non-default capabilities',
  ({ securityContext }) =>
    (securityContext?.capabilities?.add ?? []).some(
      (name: string) => !DEFAULT_CAPABILITIES.includes(name),
    ),
  'must not include other than default capabilities in securityContext.capabilities.add',
);

function hostPaths({ volumes = [] }: JsonObject): Violation | undefined {
  const names = volumes
    .filter(({ hostPath }: JsonObject) => hostPath)
    .map(({ name }: JsonObject) => name);
  return violation('hostPath volumes', subjectOf('volume', names));
}

const unconfined = ofPod(
  'seccompProfile',
  context => context.seccompProfile?.type === 'Unconfined',
  context => context.seccompProfile?.type === 'Unconfined',
  'must not set securityContext.seccompProfile.type to "Unconfined"',
);

/* The rules of restricted. */

const escalation = ofContainers(
  'allowPrivilegeEscalation != false',
  ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
  'must set securityContext.allowPrivilegeEscalation=false',
);

const keptCapabilities = ofContainers(
  'unrestricted capabilities',
  ({ securityContext }) => {
    const { add = [], drop = [] } = securityContext?.capabilities ?? {};
    return (
      !drop.includes('ALL') ||
      add.some((name: string) => name !== 'NET_BIND_SERVICE')
    );
  },
  'must set securityContext.capabilities.drop=["ALL"]',
);

function volumeTypes({ volumes = [] }: JsonObject): Violation | undefined {
  const names = volumes
    .filter((volume: JsonObject) =>
      Object.keys(volume).some(
        field => field !== 'name' && !VOLUME_TYPES.includes(field),
      ),
    )
    .map(({ name }: JsonObject) => name);
  return violation('restricted volume types', subjectOf('volume', names));
}

const runAsNonRoot = ofPod(
  'runAsNonRoot != true',
  context => context.runAsNonRoot === false,
  context => context.runAsNonRoot !== true,
  'must set securityContext.runAsNonRoot=true',
);

const runAsRoot = ofPod(
  'runAsUser=0',
  context => context.runAsUser === 0,
  context => context.runAsUser === 0,
  'must not set runAsUser=0',
);

const unrestrictedProfile = ofPod(
  'seccompProfile',
  context =>
    context.seccompProfile !== undefined &&
    !SECCOMP_TYPES.includes(context.seccompProfile.type),
  context => !SECCOMP_TYPES.includes(context.seccompProfile?.type),
  'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
);

/** The checks of each level. */
const CHECKS: Record<'privileged' | 'baseline' | 'restricted', Check[]> = {
  privileged: [],
  baseline: [
    addedCapabilities,
    hostNamespaces,
    hostPaths,
    hostPorts,
    privileged,
    procMount,
    unconfined,
    sysctls,
  ],
  restricted: [
    hostNamespaces,
    hostPorts,
    privileged,
    procMount,
    sysctls,
    escalation,
    keptCapabilities,
    volumeTypes,
    runAsNonRoot,
    runAsRoot,
    unrestrictedProfile,
  ],
};

/**
 * Returns the rules of a level that a pod breaks, in the order of the API server's messages. The rules for AppArmor,
 * SELinux and Windows are left out.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function violationsOf(
  level: 'privileged' | 'baseline' | 'restricted',
  spec: JsonObject,
): Violation[] {
  return CHECKS[level]
    .map(check => check(spec))
    .filter(found => found !== undefined);
}

/** Makes a rule for each container. */
function ofContainers(
  reason: string,
  breaks: (container: JsonObject) => unknown,
  rule: string,
): Check {
  return spec => {
    const names = containersOf(spec)
      .filter(breaks)
      .map(({ name }) => name);
    return violation(
      reason,
      names.length > 0 && `${subjectOf('container', names)} ${rule}`,
    );
  };
}

/**
 * Makes a rule for the security contexts of a pod and of its containers. A container without a value has that of the
 * pod.
 *
 * @param breaks - whether a given value breaks the rule
 * @param lacks - whether the pod's context breaks the rule for containers without a value
 */
function ofPod(
  reason: string,
  breaks: (context: JsonObject) => boolean,
  lacks: (context: JsonObject) => boolean,
  rule: string,
): Check {
  return spec => {
    const pod = spec.securityContext ?? {};
    const names = containersOf(spec)
      .filter(({ securityContext = {} }) =>
        lacks({ ...pod, ...securityContext }),
      )
      .map(({ name }) => name);
    const ofThePod = breaks(pod) ? ['pod'] : [];
    const subjects = [
      ...ofThePod,
      ...(names.length > 0 ? [subjectOf('container', names)] : []),
    ];
    return violation(
      reason,
      subjects.length > 0 && `${subjects.join(' or ')} ${rule}`,
    );
  };
}

function violation(
  reason: string,
  detail: string | false,
): Violation | undefined {
  return detail ? { reason, detail } : undefined;
}

function subjectOf(kind: string, names: string[]): string {
  return names.length === 0
    ? ''
    : `${kind}${names.length === 1 ? '' : 's'} ${names
        .map(name => JSON.stringify(name))
        .join(', ')}`;
}

function containersOf(spec: JsonObject): JsonObject[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap(
    list => spec[list] ?? [],
  );
}
