import { ConnectionStrategyName } from './clusterSettings';

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
  /** Set on the steps that apply the manifest, which every guide has once. */
  part?: 'manifest';
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
  /**
   * The connection strategy that the guide is for. Where the cluster has another one, the guide's notes say when
   * to change it. Absent from the guide `manifest`, which is for the connection that the cluster has.
   */
  connection?: ConnectionStrategyName;
  /** The API server's `gitVersion`, as far as the portal could read it. */
  version?: string;
  /** What to know before: what the distribution cannot do, and what does not fit this cluster's settings. */
  notes: string[];
}
