import {
  OnboardingGuide,
  OnboardingStep,
  toYaml,
} from '@berth/plugin-berth-common';
import { GuideMaker, OnboardingContext } from '../types';
import { serviceAccountGuide } from './gkeGuide';
import { manifestSteps } from './manifestGuide';

const CA_NAME = 'berth-issuer-ca';
const CA_FILE = 'ca-bundle.crt';
const FILENAME = 'berth-authentication.yaml';

/** @see https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/authentication_and_authorization/external-auth */
export const openshiftGuide: GuideMaker = context => ({
  title: 'OpenShift',
  ...(context.cluster.connection === 'serviceAccount'
    ? serviceAccountGuide(context, [
        "The portal connects as a service account, and people keep OpenShift's login. For people to have the roles that the portal gives to groups, the groups must exist in OpenShift under the names that the portal uses on this cluster.",
      ])
    : directAuthentication(context)),
});

function directAuthentication(
  context: OnboardingContext,
): Pick<OnboardingGuide, 'notes' | 'steps'> {
  return {
    notes: [
      "Direct authentication REPLACES OpenShift's own login and supports one provider: afterwards no one can log in to the web console or with oc login, because the portal's issuer has no login page. Choose it for clusters that are used only through the portal; for other clusters use the guide for a service account (Google GKE, format gke), with which people keep OpenShift's login.",
      "Keep the installer's kubeconfig and a copy of oc get authentication.config/cluster -o yaml: without them you cannot log in again.",
      'It is a technology preview in OpenShift 4.19 and generally available since 4.20.',
      `The API servers must reach ${context.issuer}.`,
    ],
    steps: [
      ...caSteps(context),
      {
        title: 'Save the authentication configuration',
        why: 'It defines which tokens the API server accepts, and which user and groups they stand for',
        language: 'yaml',
        filename: FILENAME,
        text: toYaml(authentication(context)),
      },
      {
        title: 'Apply it with the kubeconfig of the installer',
        why: 'The API servers roll out one by one. After about 20 minutes they accept the tokens that the portal issues for this cluster',
        language: 'shell',
        text: [
          `oc patch authentication.config/cluster --type=merge --patch-file ${FILENAME}`,
          'oc get clusteroperator kube-apiserver authentication',
          '',
        ].join('\n'),
      },
      ...manifestSteps(context),
    ],
  };
}

function caSteps({ issuerCaPem }: OnboardingContext): OnboardingStep[] {
  return issuerCaPem === undefined
    ? []
    : [
        {
          title: "Save the CA of the portal's issuer",
          why: 'No public CA signed its certificate',
          language: 'text',
          filename: CA_FILE,
          text: issuerCaPem,
        },
        {
          title: 'Add it to the cluster',
          why: 'The authentication configuration refers to it',
          language: 'shell',
          text: `oc -n openshift-config create configmap ${CA_NAME} --from-file=${CA_FILE}\n`,
        },
      ];
}

function authentication({ cluster, issuer, issuerCaPem }: OnboardingContext) {
  const { id, usernamePrefix, groupsPrefix } = cluster;
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'Authentication',
    metadata: { name: 'cluster' },
    spec: {
      type: 'OIDC',
      // Belongs to the login that this setup replaces.
      webhookTokenAuthenticator: null,
      oidcProviders: [
        {
          name: 'berth',
          issuer: {
            issuerURL: issuer,
            audiences: [id],
            ...(issuerCaPem !== undefined && {
              issuerCertificateAuthority: { name: CA_NAME },
            }),
          },
          claimMappings: {
            username: {
              claim: 'sub',
              ...(usernamePrefix
                ? {
                    prefixPolicy: 'Prefix',
                    prefix: { prefixString: usernamePrefix },
                  }
                : { prefixPolicy: 'NoPrefix' }),
            },
            groups: { claim: 'groups', prefix: groupsPrefix },
          },
        },
      ],
    },
  };
}
