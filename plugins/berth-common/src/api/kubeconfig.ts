import * as z from 'zod';
import { oneOf } from './fields';

/** @public */
export const kubeconfigClusterSchema = z
  .object({
    name: z.string(),
    apiServer: z.string(),
    caData: z.string().describe('PEM.'),
  })
  .meta({
    id: 'KubeconfigCluster',
    description: 'A cluster of a kubeconfig, without any credential.',
  });

/** @public */
export type KubeconfigCluster = z.infer<typeof kubeconfigClusterSchema>;

/** @public */
export const kubeconfigProblemSchema = oneOf([
  'tooLarge',
  'notYaml',
  'tooComplex',
  'sameName',
  'noCluster',
  'noServer',
  'caFile',
  'noCa',
]).meta({
  id: 'KubeconfigProblem',
  description: 'Why a kubeconfig, or one context of it, cannot be used.',
});

/** @public */
export type KubeconfigProblem = z.infer<typeof kubeconfigProblemSchema>;

/** @public */
export const kubeconfigCredentialSchema = oneOf([
  'clientCertificate',
  'token',
  'password',
  'exec',
  'authProvider',
]).meta({
  id: 'KubeconfigCredential',
  description: 'The kinds of credentials that a user of a kubeconfig can have.',
});

/** @public */
export type KubeconfigCredential = z.infer<typeof kubeconfigCredentialSchema>;

/** @public */
export const kubeconfigSettingSchema = oneOf([
  'insecure-skip-tls-verify',
  'tls-server-name',
  'proxy-url',
]).meta({
  id: 'KubeconfigSetting',
  description:
    'The settings of a cluster that would weaken or redirect the connection, and that Berth does not support.',
});

/** @public */
export type KubeconfigSetting = z.infer<typeof kubeconfigSettingSchema>;

/** @public */
export const kubeconfigContextSchema = z
  .object({
    name: z.string(),
    cluster: kubeconfigClusterSchema.optional(),
    problem: kubeconfigProblemSchema
      .describe('Set if `cluster` is not.')
      .optional(),
    notTaken: z
      .object({
        user: z.string().optional(),
        credentials: z.array(kubeconfigCredentialSchema),
        settings: z.array(kubeconfigSettingSchema),
      })
      .describe(
        'The parts of the kubeconfig that Berth does not use: only their kinds, never a value.',
      ),
  })
  .meta({
    id: 'KubeconfigContext',
    description: 'One context, with what is needed to reach its cluster.',
  });

/** @public */
export type KubeconfigContext = z.infer<typeof kubeconfigContextSchema>;

/** @public */
export const kubeconfigContentSchema = z
  .object({
    moreDocuments: z
      .literal(true)
      .describe(
        'Set if other documents follow the first one: like kubectl, Berth reads only the first one.',
      )
      .optional(),
    contexts: z.array(kubeconfigContextSchema),
    current: kubeconfigContextSchema.describe(
      'A usable context: the current one of the file if it is usable.',
    ),
  })
  .meta({
    id: 'KubeconfigContent',
    description:
      'The contexts of a kubeconfig, at least one of which can be used.',
  });

/** @public */
export type KubeconfigContent = z.infer<typeof kubeconfigContentSchema>;
