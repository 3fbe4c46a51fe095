/*
 * Lists of values that pages need. They are separate from the schemas, so that a page that imports one does not load
 * zod.
 */

/** The roles in a namespace, from the most to the least powerful. @public */
export const NAMESPACE_ROLES = ['admin', 'edit', 'view'] as const;

/** @public */
export const NAMESPACE_PHASES = ['Pending', 'Active', 'Terminating'] as const;

/** @public */
export const REQUEST_KINDS = ['namespace', 'quota', 'grant'] as const;

/** @public */
export const REQUEST_STATES = [
  'Draft',
  'Submitted',
  'AutoApproved',
  'Approved',
  'Denied',
  'Withdrawn',
  'Provisioning',
  'Ready',
  'Failed',
] as const;

/** The final states. Only a `Failed` request may be tried again. @public */
export const FINAL_REQUEST_STATES: readonly (typeof REQUEST_STATES)[number][] =
  ['Denied', 'Withdrawn', 'Ready', 'Failed'];

/**
 * The ways to make a cluster accept the portal's tokens. Every cluster also needs `manifest`: roles, bindings and the
 * admission policy.
 *
 * @public
 */
export const ONBOARDING_FORMATS = [
  'manifest',
  'authentication-config',
  'apiserver-flags',
  'kubeadm',
  'kind',
  'k3s',
  'rke2',
  'eks',
  'aks',
  'gke',
  'openshift',
] as const;

/**
 * The optional parts of the onboarding manifest: `pack` is the policy pack, admission policies for the users, groups and
 * nodes of pods.
 *
 * @public
 */
export const ONBOARDING_FEATURES = ['pack', 'pullSecrets'] as const;
