import { OnboardingFeature, OnboardingGuide } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../../model/clusters';
import { AdmissionPolicyDecision } from './admissionPolicy';

/** The input of a cluster's onboarding files. */
export interface OnboardingContext {
  cluster: Pick<
    ClusterRecord,
    | 'id'
    | 'name'
    | 'apiServer'
    | 'connection'
    | 'usernamePrefix'
    | 'groupsPrefix'
  >;
  /** The `iss` of tokens. */
  issuer: string;
  /** The CA of the issuer's certificate, PEM, if it is known and not a public one. */
  issuerCaPem?: string;
  /** The signing algorithm of tokens. */
  algorithm: string;
  /** The API server's `gitVersion`, if known. */
  version?: string;
  admissionPolicy: AdmissionPolicyDecision;
  /** The optional parts of the manifest. */
  features: OnboardingFeature[];
  /** The names of the pull secrets of the configuration. */
  pullSecrets: readonly string[];
}

/** Creates the guide of one distribution. Pure. */
export type GuideMaker = (
  context: OnboardingContext,
) => Omit<OnboardingGuide, 'format'>;
