import { hash } from 'node:crypto';
import type {
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import { OnboardingObject } from '../model/onboardingObjects';
import { isAtLeast } from '../model/versions';
import { KubeResource } from '../kube';
import { defaultsPolicySpec } from './defaultsPolicy';
import { identityPolicySpec } from './identityPolicy';
import {
  PACK_HASH_ANNOTATION,
  PACK_NAMES,
  PACK_VERSION,
  PACK_VERSION_LABEL,
} from './names';
import { placementPolicySpec } from './placementPolicy';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** The minor releases since which `admissionregistration.k8s.io/v1` has the kinds of policies. */
export const VALIDATING_SINCE = 30;
export const MUTATING_SINCE = 36;

/** The minor release since which pods have `supplementalGroupsPolicy` by default. */
export const STRICT_GROUPS_SINCE = 33;

/** An object of the pack. */
export interface PackObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: object;
}

/** The state of an object of the pack on a cluster. */
export type PackObjectState = 'current' | 'changed' | 'missing';

/**
 * Returns the objects of the pack that an API server can have; none if its version is not known.
 *
 * @param version - its `gitVersion`
 */
export function packObjects(
  version: string | undefined,
): OnboardingObject<PackObject>[] {
  if (!isAtLeast(version, VALIDATING_SINCE)) {
    return [];
  }
  const identity: V1ValidatingAdmissionPolicy['spec'] = identityPolicySpec({
    strictGroups: isAtLeast(version, STRICT_GROUPS_SINCE) === true,
  });
  return [
    {
      why: 'Checks the users and groups of pods, in namespaces with the label berth.dev/identity',
      object: packObject('ValidatingAdmissionPolicy', 'identity', identity),
    },
    {
      why: 'Enables the policy for identities',
      object: bindingOf('identity'),
    },
    {
      why: 'Checks the nodes of pods, in namespaces with the label berth.dev/placement',
      object: packObject(
        'ValidatingAdmissionPolicy',
        'placement',
        placementPolicySpec(),
      ),
    },
    {
      why: 'Enables the policy for nodes',
      object: bindingOf('placement'),
    },
    ...(isAtLeast(version, MUTATING_SINCE) ? defaults() : []),
  ];
}

function defaults(): OnboardingObject<PackObject>[] {
  return [
    {
      why: 'Adds users, groups, nodes and storage classes to pods and claims that have none, in namespaces of Berth',
      object: packObject(
        'MutatingAdmissionPolicy',
        'defaults',
        defaultsPolicySpec(),
      ),
    },
    {
      why: 'Enables the policy for defaults',
      object: packObject('MutatingAdmissionPolicyBinding', 'defaults', {
        policyName: PACK_NAMES.defaults,
      }),
    },
  ];
}

/**
 * Compares an object on a cluster with the pack. The objects of the pack have all fields that the API server would add, so
 * that each other field is a change: for example a selector that leaves namespaces out.
 */
export function packObjectState(
  wanted: PackObject,
  found:
    | { metadata?: { deletionTimestamp?: unknown }; spec?: unknown }
    | undefined,
): PackObjectState {
  if (!found || found.metadata?.deletionTimestamp !== undefined) {
    return 'missing';
  }
  return specHash(found.spec) === specHash(wanted.spec) ? 'current' : 'changed';
}

const PLURALS: Record<string, string> = {
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
  MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
  MutatingAdmissionPolicyBinding: 'mutatingadmissionpolicybindings',
};

/** Returns the resource of an object of the pack. */
export function packResource({ apiVersion, kind }: PackObject): KubeResource {
  return { apiVersion, kind, plural: PLURALS[kind], namespaced: false };
}

function bindingOf(name: 'identity' | 'placement'): PackObject {
  const spec: V1ValidatingAdmissionPolicyBinding['spec'] = {
    policyName: PACK_NAMES[name],
    validationActions: ['Deny'],
  };
  return packObject('ValidatingAdmissionPolicyBinding', name, spec);
}

function packObject(
  kind: string,
  name: keyof typeof PACK_NAMES,
  spec: object,
): PackObject {
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: {
      name: PACK_NAMES[name],
      labels: { [PACK_VERSION_LABEL]: PACK_VERSION },
      annotations: { [PACK_HASH_ANNOTATION]: specHash(spec) },
    },
    spec,
  };
}

/** Returns the first 16 hexadecimal digits of a hash that does not depend on the order of keys. */
export function specHash(spec: unknown): string {
  return hash('sha256', JSON.stringify(sorted(spec)) ?? '', 'hex').slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;
}
