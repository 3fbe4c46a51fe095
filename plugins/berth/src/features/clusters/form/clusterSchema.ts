import { cleanClusterName, kubectlViaSchema } from '@berth/plugin-berth-common';
import * as z from 'zod';
import type { formTexts } from '../../../texts/form';
import { linksOf, pairsOf, tolerationsOf } from './lines';
import { pemOf } from './useCertificates';

/** Errors that the browser finds; the server checks everything again. */
export type ClusterFieldError = keyof typeof formTexts.form.error;

/** A condition on a text, and the error if the text does not meet it. */
type Rule = [holds: (typed: string) => boolean, error: ClusterFieldError];

const MAX_TITLE = 200;
const MAX_PREFIX = 64;
const MAX_CA = 64 * 1024;
const NAMESPACE_PREFIX = /^([a-z0-9][-a-z0-9]{0,30})?$/;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/;

/** Returns the schema of a text; the first broken rule gives the error. */
function text(...rules: Rule[]) {
  return z.string().superRefine((typed, context) => {
    const broken = rules.find(([holds]) => !holds(typed));
    if (broken) {
      context.addIssue({ code: 'custom', message: broken[1] });
    }
  });
}

const pairs = text([typed => pairsOf(typed) !== undefined, 'pairs']);

const PREFIX_RULES: Rule[] = [
  [typed => typed.length <= MAX_PREFIX, 'prefixTooLong'],
  [typed => /^[!-~]*$/.test(typed), 'prefixCharacters'],
  [typed => !/^system:/i.test(typed), 'prefixSystem'],
];

const ingress = z
  .object({
    className: z.string(),
    annotations: pairs,
    /** `secret`, `default`, or empty while nothing is chosen. */
    certificate: z.string(),
    tlsSecret: z.string(),
  })
  .refine(
    ({ className, annotations, certificate }) =>
      certificate !== '' || (className + annotations).trim() === '',
    {
      path: ['certificate'],
      error: 'certificateNeeded' satisfies ClusterFieldError,
    },
  )
  .refine(
    ({ certificate, tlsSecret }) =>
      certificate !== 'secret' || tlsSecret.trim() !== '',
    {
      path: ['tlsSecret'],
      error: 'tlsSecretEmpty' satisfies ClusterFieldError,
    },
  );

/**
 * Returns the schema of a cluster's fields as a person types them.
 *
 * @param takenNames - names of the clusters that exist
 * @param storedConnection - the connection for which a credential is stored
 */
export function clusterSchema(
  takenNames: ReadonlySet<string>,
  storedConnection?: string,
) {
  return z
    .object({
      name: text(
        [typed => cleanClusterName(typed) !== '', 'nameEmpty'],
        [typed => !takenNames.has(cleanClusterName(typed)), 'nameTaken'],
      ),
      title: text([typed => typed.trim().length <= MAX_TITLE, 'titleTooLong']),
      apiServer: text(
        [typed => typed.trim() !== '', 'apiServerEmpty'],
        [typed => /^\s*https:\/\//i.test(typed), 'apiServerHttps'],
        [typed => !/^\s*https:\/\/[^/?#]*@/i.test(typed), 'apiServerUserinfo'],
        [typed => !/[?#]/.test(typed), 'apiServerQuery'],
        [
          typed =>
            /^\s*https:\/\/[^/\s]/i.test(typed) && URL.canParse(typed.trim()),
          'apiServerHost',
        ],
      ),
      caData: text(
        [typed => typed.trim() !== '', 'caEmpty'],
        [typed => typed.length <= MAX_CA, 'caTooLarge'],
        [typed => !pemOf(typed)?.includes('PRIVATE KEY-----'), 'caPrivateKey'],
        [typed => CERTIFICATE.test(pemOf(typed) ?? ''), 'caNotPem'],
      ),
      connection: z.string(),
      /** The bootstrap token of a service account; empty keeps the stored one. */
      credential: z.string(),
      kubectlVia: kubectlViaSchema,
      usernamePrefix: text(
        [typed => typed !== '-', 'prefixHyphen'],
        ...PREFIX_RULES,
      ),
      groupsPrefix: text(...PREFIX_RULES),
      namespacePrefix: text([
        typed => NAMESPACE_PREFIX.test(typed.trim()),
        'namespacePrefix',
      ]),
      defaultStorageClass: z.string(),
      ingress,
      nodePlacement: z.object({
        nodeSelector: pairs,
        tolerations: text([
          typed => tolerationsOf(typed) !== undefined,
          'tolerations',
        ]),
      }),
      labels: pairs,
      links: text([typed => linksOf(typed) !== undefined, 'links']),
    })
    .refine(
      ({ connection, credential }) =>
        connection !== 'serviceAccount' ||
        storedConnection === 'serviceAccount' ||
        credential.trim() !== '',
      {
        path: ['credential'],
        error: 'credentialEmpty' satisfies ClusterFieldError,
      },
    );
}
