import { toYaml } from '@berth/plugin-berth-common';
import { authenticationConfiguration } from './authenticationConfiguration';
import { OnboardingContext } from './types';
import { isAtLeast } from './versions';

/** An argument of kube-apiserver, without the dashes. */
export interface ApiServerArgument {
  name: string;
  value: string;
}

/** A file that kube-apiserver reads. */
export interface ApiServerFile {
  /** Without the folder. */
  name: string;
  language: 'yaml' | 'text';
  title: string;
  why: string;
  content: string;
}

/** What a kube-apiserver needs in order to accept the portal's tokens. */
export interface ApiServerSetup {
  arguments: ApiServerArgument[];
  files: ApiServerFile[];
  notes: string[];
}

const CONFIGURATION_FILE = 'authentication.yaml';
const CA_FILE = 'issuer-ca.pem';

/**
 * An AuthenticationConfiguration where the version is known to read one, because it refuses more than
 * flags can; flags elsewhere.
 *
 * @param folder - where the files will be for kube-apiserver
 */
export function apiServerSetup(
  context: OnboardingContext,
  folder: string,
): ApiServerSetup {
  return isAtLeast(context.version, 30)
    ? configurationSetup(context, folder)
    : flagsSetup(context, folder);
}

/** By `--authentication-config`. */
export function configurationSetup(
  context: OnboardingContext,
  folder: string,
): ApiServerSetup {
  return {
    arguments: [
      {
        name: 'authentication-config',
        value: `${folder}/${CONFIGURATION_FILE}`,
      },
    ],
    files: [
      {
        name: CONFIGURATION_FILE,
        language: 'yaml',
        title: 'Save the AuthenticationConfiguration',
        why: 'It says which tokens the API server accepts, and as whom',
        content: toYaml(authenticationConfiguration(context)),
      },
    ],
    notes: [
      'An API server reads either this file or --oidc-* flags: where there are such flags, move what they say into its jwt list. Where there is such a file already, add the entry of jwt to it.',
      'A change of the file is taken over within a minute, without a restart.',
      ...prerequisiteNotes(context),
    ],
  };
}

/** By `--oidc-*` flags. */
export function flagsSetup(
  context: OnboardingContext,
  folder: string,
): ApiServerSetup {
  const { issuerCaPem, algorithm, version } = context;
  const known = isAtLeast(version, 30);
  return {
    arguments: [
      ...oidcArguments(context),
      ...(algorithm === 'RS256'
        ? []
        : [{ name: 'oidc-signing-algs', value: `RS256,${algorithm}` }]),
      ...(issuerCaPem === undefined
        ? []
        : [{ name: 'oidc-ca-file', value: `${folder}/${CA_FILE}` }]),
    ],
    files:
      issuerCaPem === undefined
        ? []
        : [
            {
              name: CA_FILE,
              language: 'text',
              title: "Save the CA of the portal's issuer",
              why: 'No public CA signed its certificate, so the API server must be given the one that did',
              content: issuerCaPem,
            },
          ],
    notes: [
      known
        ? 'Flags cannot limit names, audiences and lifetimes as an AuthenticationConfiguration can; this cluster is new enough for one (format authentication-config).'
        : 'Flags cannot limit names, audiences and lifetimes as an AuthenticationConfiguration can, which Kubernetes reads since 1.30.',
      'One issuer can be given by flags: an API server that has other --oidc-* flags needs an AuthenticationConfiguration.',
      ...prerequisiteNotes(context),
    ],
  };
}

function oidcArguments({ cluster, issuer }: OnboardingContext) {
  const { id, usernamePrefix, groupsPrefix } = cluster;
  return [
    { name: 'oidc-issuer-url', value: issuer },
    { name: 'oidc-client-id', value: id },
    { name: 'oidc-username-claim', value: 'sub' },
    // Without it, the issuer's URL would be put before user names.
    { name: 'oidc-username-prefix', value: usernamePrefix || '-' },
    { name: 'oidc-groups-claim', value: 'groups' },
    ...(groupsPrefix
      ? [{ name: 'oidc-groups-prefix', value: groupsPrefix }]
      : []),
  ];
}

function prerequisiteNotes({ issuer, issuerCaPem }: OnboardingContext) {
  return [
    `The API server must reach ${issuer}.`,
    ...(issuerCaPem === undefined
      ? [
          'The certificate of the issuer must be signed by a public CA; for another one, give the portal that CA as berth.onboarding.issuerCertificateAuthority and get this file again.',
        ]
      : []),
  ];
}
