import { Registry } from '../registry/Registry';
import { namespaces } from '../resources/core';
import { pods } from '../resources/pods';
import { templateSpec } from '../resources/podTemplate';
import { cause, forbidden, invalid } from '../status';
import { JsonObject, KubeObject } from '../types';
import { AdmissionPlugin, AdmissionRequest } from './Admission';
import { violationsOf } from './podSecurityStandards';

const LEVELS = ['privileged', 'baseline', 'restricted'] as const;
const PREFIX = 'pod-security.kubernetes.io/';

const LEVELS_OF_MODES = ['enforce', 'audit', 'warn'].map(
  mode => `${PREFIX}${mode}`,
);

type Level = (typeof LEVELS)[number];

interface Policy {
  level: Level;
  version: string;
}

/**
 * Pod Security admission: refuses pods that break the enforced level of their namespace, and warns of pods and workloads
 * that break the level "warn". A higher enforced level warns of the pods that would fail; they keep running. All versions
 * of the standards have the rules of the latest.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class PodSecurity implements AdmissionPlugin {
  readonly #registry: () => Registry;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  validate(request: AdmissionRequest): void {
    const { definition, operation, subresource } = request;
    if (operation === 'DELETE' || subresource) {
      return;
    }
    if (definition === namespaces) {
      this.#checkNamespace(request);
    } else if (definition === pods) {
      // Changes of a pod that matter to the standards, such as another image, cannot break them.
      if (operation === 'CREATE') {
        this.#checkPod(request);
      }
    } else if (templateOf(request.object!)) {
      this.#warn(request, templateOf(request.object!)!);
    }
  }

  #checkNamespace({ object, old, name, definition, warn }: AdmissionRequest) {
    const causes = LEVELS_OF_MODES.filter(
      label =>
        object!.metadata.labels?.[label] !== old?.metadata.labels?.[label],
    ).flatMap(label => {
      const value = object!.metadata.labels?.[label];
      return value === undefined || LEVELS.includes(value as Level)
        ? []
        : [
            cause.invalid(
              `metadata.labels[${label}]`,
              value,
              `must be one of ${LEVELS.join(', ')}`,
            ),
          ];
    });
    if (causes.length > 0) {
      throw invalid(definition, name, causes);
    }
    const before = policyOf(old, 'enforce');
    const after = policyOf(object, 'enforce');
    const isRelaxed =
      before.version === after.version &&
      LEVELS.indexOf(after.level) <= LEVELS.indexOf(before.level);
    if (old && !isRelaxed) {
      this.#warningsOf(name, after).forEach(text => warn?.(text));
    }
  }

  /** Returns the warnings of a namespace whose pods break a level: one for each kind of problem. */
  #warningsOf(namespace: string, policy: Policy): string[] {
    const names = new Map<string, string[]>();
    for (const pod of this.#registry().all(pods, namespace)) {
      const reasons = violationsOf(policy.level, pod.spec ?? {}).map(
        ({ reason }) => reason,
      );
      if (reasons.length > 0) {
        const text = reasons.join(', ');
        names.set(text, [...(names.get(text) ?? []), pod.metadata.name!]);
      }
    }
    const warnings = [...names]
      .map(([text, all]) => {
        const [first, ...others] = all.sort();
        const more =
          others.length > 0
            ? ` (and ${others.length} other pod${
                others.length === 1 ? '' : 's'
              })`
            : '';
        return `${first}${more}: ${text}`;
      })
      .sort();
    return warnings.length > 0
      ? [
          `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${textOf(
            policy,
          )}"`,
          ...warnings,
        ]
      : [];
  }

  #checkPod(request: AdmissionRequest) {
    const { definition, name, namespace, object } = request;
    const spec = object!.spec ?? {};
    const policy = policyOf(this.#namespace(namespace), 'enforce');
    const broken = detailsOf(policy, spec);
    if (broken) {
      throw forbidden(
        definition,
        name,
        `violates PodSecurity "${textOf(policy)}": ${broken}`,
      );
    }
    this.#warn(request, spec);
  }

  #warn({ namespace, warn }: AdmissionRequest, spec: JsonObject) {
    const policy = policyOf(this.#namespace(namespace), 'warn');
    const broken = detailsOf(policy, spec);
    if (broken) {
      warn?.(`would violate PodSecurity "${textOf(policy)}": ${broken}`);
    }
  }

  #namespace(name: string | undefined): KubeObject | undefined {
    return name
      ? this.#registry().find({ definition: namespaces, name })
      : undefined;
  }
}

/** Returns the policy of a namespace. Without the label, or with a wrong one, everything is allowed. */
function policyOf(
  namespace: KubeObject | undefined,
  mode: 'enforce' | 'warn',
): Policy {
  const labels = namespace?.metadata.labels ?? {};
  const level = LEVELS.find(one => one === labels[`${PREFIX}${mode}`]);
  return {
    level: level ?? 'privileged',
    version: labels[`${PREFIX}${mode}-version`] ?? 'latest',
  };
}

function textOf({ level, version }: Policy): string {
  return `${level}:${version}`;
}

function detailsOf({ level }: Policy, spec: JsonObject): string {
  return violationsOf(level, spec)
    .map(({ reason, detail }) => `${reason} (${detail})`)
    .join(', ');
}

function templateOf(object: KubeObject): JsonObject | undefined {
  return templateSpec(object) ?? object.spec?.jobTemplate?.spec?.template?.spec;
}
