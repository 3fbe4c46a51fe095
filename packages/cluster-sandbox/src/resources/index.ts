import * as batch from './batch';
import * as core from './core';
import { networkPolicies } from './networkPolicies';
import { nodes } from './nodes';
import * as quotas from './quotas';
import * as services from './services';
import * as others from './others';
import { pods } from './pods';
import * as rbac from './rbac';
import { ResourceDefinition } from './ResourceDefinition';
import {
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
} from './storage';
import * as workloads from './workloads';

/** A resource that only answers a question: it can be created, but is never stored. */
export interface ReviewDefinition {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
}

/** Every stored resource. */
export const RESOURCES: ResourceDefinition[] = [
  ...Object.values(core),
  nodes,
  ...Object.values(quotas),
  ...Object.values(services),
  pods,
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
  ...Object.values(workloads),
  ...Object.values(batch),
  ...Object.values(rbac),
  networkPolicies,
  ...Object.values(others),
];

const authorization = { group: 'authorization.k8s.io', version: 'v1' };
const authentication = { group: 'authentication.k8s.io', version: 'v1' };

export const REVIEWS: ReviewDefinition[] = [
  review(authorization, 'SelfSubjectAccessReview'),
  review(authorization, 'SelfSubjectRulesReview'),
  review(authorization, 'SubjectAccessReview'),
  review(authorization, 'LocalSubjectAccessReview', true),
  review(authentication, 'SelfSubjectReview'),
  review(authentication, 'TokenReview'),
];

function review(
  group: { group: string; version: string },
  kind: string,
  namespaced = false,
): ReviewDefinition {
  const singular = kind.toLowerCase();
  return { ...group, kind, singular, plural: `${singular}s`, namespaced };
}
