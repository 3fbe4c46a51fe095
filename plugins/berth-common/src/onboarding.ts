import { ConnectionStrategyName } from './clusterSettings';

/**
 * The ways to make a cluster accept the portal's tokens. Every cluster also needs `manifest`: roles, bindings and the
 * admission fence.
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
 * One step of a guide.
 *
 * @public
 */
export interface OnboardingStep {
  title: string;
  /** The reason for the step, in one line. */
  why: string;
  language: OnboardingLanguage;
  /** The file name for `text`, if it is a file. */
  filename?: string;
  /** The text to save, run or read, made for the cluster. */
  text: string;
  /** Set on the steps that apply the manifest, which every guide has once. */
  part?: 'manifest';
}

/**
 * The steps that connect one cluster to the portal, for one distribution.
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
  /** What to know first: limits of the distribution, and settings of this cluster that do not fit. */
  notes: string[];
}
