import {
  claimValidationRules,
  userValidationRules,
} from '../authenticationConfiguration';
import { shellCommand } from '../shellWords';
import { GuideMaker, OnboardingContext } from '../types';
import { manifestSteps } from './manifestGuide';

/** What AKS wants before all names that come from tokens. */
const PREFIX = 'aks:jwt:';
const FILENAME = 'berth-aks.json';

/** @see https://learn.microsoft.com/azure/aks/external-identity-provider-authentication-configure */
export const aksGuide: GuideMaker = given => {
  const context = withPrefixes(given);
  const { usernamePrefix, groupsPrefix } = context.cluster;
  const differs =
    usernamePrefix !== given.cluster.usernamePrefix ||
    groupsPrefix !== given.cluster.groupsPrefix;
  return {
    title: 'Azure Kubernetes Service',
    notes: [
      'Structured authentication is a preview of AKS: without support for production, for Kubernetes 1.30 and later, and to be registered for the whole subscription.',
      ...(differs
        ? [
            `AKS wants ${PREFIX} before all user and group names from tokens. Before anything else, set the username prefix of this cluster to ${usernamePrefix} and its groups prefix to ${groupsPrefix} in its settings; the files here have them already.`,
          ]
        : []),
      `The control plane of AKS must reach ${context.issuer}.`,
    ],
    steps: [
      {
        title: 'Register the preview, and install the extension of az',
        why: 'AKS does not know JWT authenticators otherwise; registering may take minutes',
        language: 'shell',
        text: [
          'az extension add --upgrade --name aks-preview',
          'az feature register --namespace Microsoft.ContainerService --name JWTAuthenticatorPreview',
          'az feature show --namespace Microsoft.ContainerService --name JWTAuthenticatorPreview --query properties.state',
          'az provider register --namespace Microsoft.ContainerService',
          '',
        ].join('\n'),
      },
      {
        title: 'Save the authenticator',
        why: 'It says which tokens the API server accepts, and as whom',
        language: 'json',
        filename: FILENAME,
        text: `${JSON.stringify(authenticator(context), undefined, 2)}\n`,
      },
      {
        title: 'Give it to the cluster',
        why: 'AKS then accepts the tokens that the portal issues for this cluster',
        language: 'shell',
        text: shellCommand('az aks jwtauthenticator add', [
          '--resource-group "${RESOURCE_GROUP:?is to be set to the resource group of the cluster}"',
          '--cluster-name "${AKS_CLUSTER:?is to be set to the name of the cluster in Azure}"',
          '--name berth',
          `--config-file ${FILENAME}`,
        ]),
      },
      ...manifestSteps(context),
    ],
  };
};

/** The cluster as it must be set for AKS. */
function withPrefixes(context: OnboardingContext): OnboardingContext {
  const prefixed = (prefix: string) =>
    prefix.startsWith(PREFIX) ? prefix : `${PREFIX}${prefix}`;
  const { cluster } = context;
  return {
    ...context,
    cluster: {
      ...cluster,
      usernamePrefix: prefixed(cluster.usernamePrefix),
      groupsPrefix: prefixed(cluster.groupsPrefix),
    },
  };
}

/** As an AuthenticationConfiguration's entry of `jwt`, but AKS maps by expressions only. */
function authenticator({ cluster, issuer, issuerCaPem }: OnboardingContext) {
  const { id, usernamePrefix, groupsPrefix } = cluster;
  return {
    issuer: {
      url: issuer,
      audiences: [id],
      ...(issuerCaPem !== undefined && {
        certificateAuthority: Buffer.from(issuerCaPem).toString('base64'),
      }),
    },
    claimValidationRules: claimValidationRules(id),
    claimMappings: {
      username: {
        expression: `${JSON.stringify(usernamePrefix)} + claims.sub`,
      },
      groups: {
        expression: `dyn(claims.groups).map(group, ${JSON.stringify(
          groupsPrefix,
        )} + group)`,
      },
    },
    userValidationRules: userValidationRules(usernamePrefix),
  };
}
