import { OnboardingFormat, OnboardingGuide } from '@berth/plugin-berth-common';
import { aksGuide } from './guides/aksGuide';
import {
  apiServerFlagsGuide,
  authenticationConfigGuide,
} from './guides/apiServerGuides';
import { eksGuide } from './guides/eksGuide';
import { gkeGuide } from './guides/gkeGuide';
import { kindGuide, kubeadmGuide } from './guides/kubeadmGuides';
import { manifestGuide } from './guides/manifestGuide';
import { openshiftGuide } from './guides/openshiftGuide';
import { k3sGuide, rke2Guide } from './guides/rancherGuides';
import { GuideMaker, OnboardingContext } from './types';

const GUIDES: Record<OnboardingFormat, GuideMaker> = {
  manifest: manifestGuide,
  'authentication-config': authenticationConfigGuide,
  'apiserver-flags': apiServerFlagsGuide,
  kubeadm: kubeadmGuide,
  kind: kindGuide,
  k3s: k3sGuide,
  rke2: rke2Guide,
  eks: eksGuide,
  aks: aksGuide,
  gke: gkeGuide,
  openshift: openshiftGuide,
};

/** Creates the steps that make a cluster accept the portal's tokens. */
export function createGuide(
  format: OnboardingFormat,
  context: OnboardingContext,
): OnboardingGuide {
  const { version } = context;
  return {
    format,
    ...(format !== 'manifest' && { connection: 'oidc' }),
    ...(version !== undefined && { version }),
    ...GUIDES[format](context),
  };
}
