import {
  claimValidationRules,
  userValidationRules,
} from '../authenticationConfiguration';
import { shellCommand } from '../shellWords';
import { GuideMaker, OnboardingContext } from '../types';
import { manifestSteps } from './manifestGuide';

/** The prefix that AKS requires for all names from tokens. */
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
      'Structured authentication is a preview of AKS: it has no production support, needs Kubernetes 1.30 or later, and is registered for the whole subscription.',
      ...(differs
        ? [
            `AKS requires the prefix ${PREFIX} for all user and group names from tokens. First set the username prefix of this cluster to ${usernamePrefix} and its groups prefix to ${groupsPrefix} in its settings; the files here have these prefixes already.`,
          ]
        : []),
      `The control plane of AKS must reach ${context.issuer}.`,
    ],
    steps: [
      {
        title: 'Register the preview and install the az extension',
        why: 'AKS needs them for JWT authenticators; the registration may take minutes',
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
        why: 'It defines which tokens the API server accepts, and which user and groups they stand for',
        language: 'json',
        filename: FILENAME,
        text: `${JSON.stringify(authenticator(context), undefined, 2)}\n`,
      },
      {
        title: 'Add it to the cluster',
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

/** Returns the cluster with the prefixes that AKS requires. */
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

/** Creates the AKS form of a `jwt` entry of an AuthenticationConfiguration: AKS maps only with expressions. */
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
