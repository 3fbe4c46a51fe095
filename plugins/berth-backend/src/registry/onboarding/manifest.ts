import { toYaml } from '@berth/plugin-berth-common';
import {
  AdmissionPolicyDecision,
  admissionPolicyObjects,
} from './admissionPolicy';
import {
  clusterRoleBindings,
  clusterRoles,
  OnboardingObject,
} from '../../model/onboardingObjects';
import { packPart, packText } from './pack/packPart';
import { pullSecretPart, pullSecretText } from './pullSecretPart';
import { serviceAccountObjects } from './serviceAccount';
import { OnboardingContext } from './types';

/** The input of the manifest. */
export type OnboardingManifestOptions = Pick<
  OnboardingContext,
  'issuer' | 'admissionPolicy' | 'features' | 'pullSecrets' | 'version'
> & {
  cluster: Pick<
    OnboardingContext['cluster'],
    'id' | 'name' | 'connection' | 'usernamePrefix' | 'groupsPrefix'
  >;
};

/** Returns the objects of the manifest: those that Berth needs on a cluster and may not create itself. */
export function onboardingObjects({
  cluster: { connection, groupsPrefix },
  admissionPolicy,
  features,
  pullSecrets,
  version,
}: Pick<
  OnboardingManifestOptions,
  'admissionPolicy' | 'features' | 'pullSecrets' | 'version'
> & {
  cluster: Pick<OnboardingContext['cluster'], 'connection' | 'groupsPrefix'>;
}): OnboardingObject[] {
  const serviceAccount = connection === 'serviceAccount';
  return [
    ...clusterRoles(),
    ...clusterRoleBindings(groupsPrefix),
    ...(serviceAccount ? serviceAccountObjects() : []),
    ...(admissionPolicy.included
      ? admissionPolicyObjects(groupsPrefix, { serviceAccount })
      : []),
    ...(features.includes('pack')
      ? packPart(groupsPrefix, { serviceAccount, version })
      : []),
    ...(features.includes('pullSecrets')
      ? pullSecretPart(groupsPrefix, {
          names: pullSecrets,
          serviceAccount,
          version,
        })
      : []),
  ];
}

/** Writes the file that the cluster's admin applies once, as YAML. */
export function createOnboardingManifest(
  options: OnboardingManifestOptions,
): string {
  const documents = onboardingObjects(options).map(({ why, object }) =>
    toYaml(object, { comment: ` ${why}.` }),
  );
  return [comment(header(options)), ...documents].join('---\n');
}

function header({
  cluster,
  issuer,
  admissionPolicy,
  features,
  pullSecrets,
  version,
}: OnboardingManifestOptions) {
  const { id, name, usernamePrefix, groupsPrefix } = cluster;
  return [
    `Berth's onboarding manifest for the cluster ${name} (${id}).`,
    '',
    'Apply it once as an admin of the cluster. Applying it again does no harm:',
    '',
    `    kubectl apply -f berth-${name}.yaml`,
    '',
    'The API server must trust the tokens that the portal issues for this cluster. The portal has the files',
    'for each distribution. The flags of kube-apiserver are:',
    '',
    `    --oidc-issuer-url=${issuer}`,
    `    --oidc-client-id=${id}`,
    '    --oidc-username-claim=sub',
    `    --oidc-username-prefix=${usernamePrefix || '-'}`,
    '    --oidc-groups-claim=groups',
    ...(groupsPrefix ? [`    --oidc-groups-prefix=${groupsPrefix}`] : []),
    '',
    "and --oidc-ca-file=<PEM file> where the issuer's certificate is not signed by a public CA.",
    '',
    ...admissionPolicyText(admissionPolicy),
    ...(features.includes('pack') ? ['', ...packText(version)] : []),
    ...(features.includes('pullSecrets')
      ? ['', ...pullSecretText({ names: pullSecrets, version })]
      : []),
  ];
}

function admissionPolicyText({
  included,
  reason,
}: AdmissionPolicyDecision): string[] {
  if (included) {
    return [
      `The admission policy (ValidatingAdmissionPolicy) is in this file: ${reason}.`,
      'It keeps the portal out of every namespace without its label.',
    ];
  }
  return [
    `The admission policy (ValidatingAdmissionPolicy) is NOT in this file: ${reason}.`,
    'Without it, the portal can bind the role admin in every namespace, kube-system included.',
  ];
}

/** Keeps every line in the comment, also with unusual line breaks. */
function comment(lines: string[]): string {
  return lines
    .flatMap(line => line.split(/[\r\n\u0085\u2028\u2029]/))
    .map(line => `# ${line}`.trimEnd())
    .concat('')
    .join('\n');
}
