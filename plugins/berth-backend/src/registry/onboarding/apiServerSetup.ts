import { toYaml } from '@berth/plugin-berth-common';
import { authenticationConfiguration } from './authenticationConfiguration';
import { OnboardingContext } from './types';
import { isAtLeast } from '../../model/versions';

/** An argument of kube-apiserver, without the dashes. */
export interface ApiServerArgument {
  name: string;
  value: string;
}

/** A file that kube-apiserver reads. */
export interface ApiServerFile {
  /** The name without the folder. */
  name: string;
  language: 'yaml' | 'text';
  title: string;
  why: string;
  content: string;
}

/** The configuration with which a kube-apiserver accepts the portal's tokens. */
export interface ApiServerSetup {
  arguments: ApiServerArgument[];
  files: ApiServerFile[];
  notes: string[];
}

const CONFIGURATION_FILE = 'authentication.yaml';
const CA_FILE = 'issuer-ca.pem';

/**
 * Returns an AuthenticationConfiguration if the version is known to support it, because it can refuse more than flags
 * can. Otherwise it returns flags.
 *
 * @param folder - the folder of the files, as kube-apiserver sees it
 */
export function apiServerSetup(
  context: OnboardingContext,
  folder: string,
): ApiServerSetup {
  return isAtLeast(context.version, 30)
    ? configurationSetup(context, folder)
    : flagsSetup(context, folder);
}

/** Setup with `--authentication-config`. */
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
        why: 'It defines which tokens the API server accepts, and which user and groups they stand for',
        content: toYaml(authenticationConfiguration(context)),
      },
    ],
    notes: [
      'An API server reads either this file or --oidc-* flags: if it has such flags, move their settings into the jwt list. If it has such a file, add the jwt entry to it.',
      'A change of the file takes effect within a minute, without a restart.',
      ...prerequisiteNotes(context),
    ],
  };
}

/** Setup with `--oidc-*` flags. */
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
              why: 'No public CA signed its certificate, so the API server needs the CA that did',
              content: issuerCaPem,
            },
          ],
    notes: [
      known
        ? 'Flags cannot limit names, audiences and lifetimes as an AuthenticationConfiguration can; this cluster is new enough for one (format authentication-config).'
        : 'Flags cannot limit names, audiences and lifetimes as an AuthenticationConfiguration can, which Kubernetes reads since 1.30.',
      'Flags can name one issuer only: an API server with other --oidc-* flags needs an AuthenticationConfiguration.',
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
    // Without the prefix, kube-apiserver puts the issuer's URL before user names.
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
          'The certificate of the issuer must be signed by a public CA; for another CA, set berth.onboarding.issuerCertificateAuthority and get this file again.',
        ]
      : []),
  ];
}
