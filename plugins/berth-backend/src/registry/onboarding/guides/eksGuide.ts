import { shellCommand, shellWord } from '../shellWords';
import { GuideMaker, OnboardingContext } from '../types';
import { manifestSteps } from './manifestGuide';

const NAME = 'berth';
/** The shell refuses the command while the variable is not set. */
const CLUSTER_NAME =
  '--cluster-name "${EKS_CLUSTER:?is to be set to the name of the cluster in AWS}"';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html */
export const eksGuide: GuideMaker = context => ({
  title: 'Amazon EKS',
  notes: [
    'Next to IAM, EKS supports one OIDC identity provider for each cluster: a cluster that has another provider needs the serviceAccount connection.',
    `AWS reads the issuer's documents from the internet: ${context.issuer} must be reachable from there, with a certificate of a public CA.`,
    ...(context.issuerCaPem === undefined
      ? []
      : [
          "The portal's issuer has a certificate of a private CA. EKS has no setting for it and will not accept the portal's tokens.",
        ]),
    ...(context.algorithm === 'RS256'
      ? []
      : [
          `The portal signs with ${context.algorithm}, and EKS accepts RS256 only: set berth.keys.algorithm to RS256.`,
        ]),
    'EKS cannot limit the names and lifetimes of tokens.',
  ],
  steps: [
    {
      title: 'Add the identity provider to the cluster',
      why: 'EKS then accepts the tokens that the portal issues for this cluster. This takes about 15 minutes',
      language: 'shell',
      text: shellCommand('aws eks associate-identity-provider-config', [
        CLUSTER_NAME,
        `--oidc ${shellWord(JSON.stringify(provider(context)))}`,
      ]),
    },
    {
      title: 'Wait until it is ACTIVE',
      why: 'Until then EKS refuses the tokens',
      language: 'shell',
      text: shellCommand('aws eks describe-identity-provider-config', [
        CLUSTER_NAME,
        `--identity-provider-config type=oidc,name=${NAME}`,
        '--query identityProviderConfig.oidc.status',
      ]),
    },
    ...manifestSteps(context),
  ],
});

function provider({ cluster, issuer }: OnboardingContext) {
  const { id, usernamePrefix, groupsPrefix } = cluster;
  return {
    identityProviderConfigName: NAME,
    issuerUrl: issuer,
    clientId: id,
    usernameClaim: 'sub',
    usernamePrefix: usernamePrefix || '-',
    groupsClaim: 'groups',
    ...(groupsPrefix && { groupsPrefix }),
  };
}
