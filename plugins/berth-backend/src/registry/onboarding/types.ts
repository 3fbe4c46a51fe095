import { OnboardingGuide } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../types';
import { FenceDecision } from './fence';

/** All that the onboarding files of a cluster are made of. */
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
  /** The CA of the issuer's certificate, PEM, where it is not a public one and is known. */
  issuerCaPem?: string;
  /** What tokens are signed with. */
  algorithm: string;
  /** The API server's `gitVersion`, if known. */
  version?: string;
  fence: FenceDecision;
}

/** Makes the guide of one distribution. Pure. */
export type GuideMaker = (
  context: OnboardingContext,
) => Omit<OnboardingGuide, 'format'>;
