/**
 * The ways to make a cluster accept the portal's tokens. `manifest` is what every cluster needs as well:
 * roles, bindings and the admission fence.
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

/** @public */
export type OnboardingFormat = (typeof ONBOARDING_FORMATS)[number];

/** @public */
export type OnboardingLanguage = 'yaml' | 'json' | 'shell' | 'text';

/**
 * One thing to do, in order.
 *
 * @public
 */
export interface OnboardingStep {
  title: string;
  /** One line on why it is needed. */
  why: string;
  language: OnboardingLanguage;
  /** Under which name to save `text`, where it is a file. */
  filename?: string;
  /** What to save, run or read, exact for the cluster. */
  text: string;
}

/**
 * How to make one cluster accept the portal's tokens, on one distribution.
 *
 * @public
 */
export interface OnboardingGuide {
  format: OnboardingFormat;
  /** Such as `Amazon EKS`. */
  title: string;
  steps: OnboardingStep[];
  /** What to know before: what the distribution cannot do, and what does not fit this cluster's settings. */
  notes: string[];
}
