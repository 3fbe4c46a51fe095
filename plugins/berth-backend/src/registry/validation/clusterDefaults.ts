import {
  ClusterDefaults,
  ClusterLink,
  IngressDefaults,
  isDnsSubdomain,
  isSystemNamespace,
  NodePlacement,
  Toleration,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { labelValue, qualifiedName } from '../../validation/kubernetesFields';
import { isVisible, ONLY_VISIBLE } from '@berth/plugin-berth-common';

const MAX_ENTRIES = 64;
const MAX_LINKS = 20;
const MAX_TITLE = 200;
const MAX_URL = 2000;
const MAX_ANNOTATION = 8192;
/** Leaves 32 of a namespace's 63 characters for its own name. */
const MAX_NAMESPACE_PREFIX = 31;

const OBJECT_NAME =
  'must be the name of a Kubernetes object: at most 253 lowercase letters, digits, "-" and "."';

const objectName = z.string().refine(isDnsSubdomain, OBJECT_NAME);

function entries(value: z.ZodType<string>) {
  return z.record(z.string(), value).superRefine((record, context) => {
    const keys = Object.keys(record);
    if (keys.length > MAX_ENTRIES) {
      context.addIssue(`must hold at most ${MAX_ENTRIES} entries`);
    }
    for (const key of keys) {
      const problem = qualifiedName.safeParse(key).error?.issues[0];
      if (problem) {
        context.addIssue(
          `holds the key ${quoteUntrusted(key)}, which ${problem.message}`,
        );
      }
    }
  });
}

const ingress = z
  .strictObject({
    className: objectName.optional(),
    annotations: entries(
      z
        .string()
        .max(
          MAX_ANNOTATION,
          `must be at most ${MAX_ANNOTATION} characters long`,
        ),
    ).optional(),
    tlsSecret: objectName.optional(),
    useDefaultCertificate: z.boolean().optional(),
  } satisfies Record<keyof IngressDefaults, z.ZodType>)
  .refine(
    value =>
      Object.keys(value).length === 0 ||
      (value.tlsSecret !== undefined) !==
        (value.useDefaultCertificate === true),
    'must hold exactly one of tlsSecret and "useDefaultCertificate": true, so that it is clear which certificate is used',
  );

const toleration = z
  .strictObject({
    key: qualifiedName.optional(),
    operator: z
      .enum(['Equal', 'Exists'], { error: 'must be "Equal" or "Exists"' })
      .optional(),
    value: labelValue.optional(),
    effect: z
      .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], {
        error: 'must be "NoSchedule", "PreferNoSchedule" or "NoExecute"',
      })
      .optional(),
    tolerationSeconds: z.number().int('must be a whole number').optional(),
  } satisfies Record<keyof Toleration, z.ZodType>)
  .refine(
    ({ key, operator }) => key !== undefined || operator === 'Exists',
    'must hold a key, or the operator "Exists"',
  )
  .refine(
    ({ value, operator }) => value === undefined || operator !== 'Exists',
    'must hold no value with the operator "Exists"',
  )
  .refine(
    ({ tolerationSeconds, effect }) =>
      tolerationSeconds === undefined || effect === 'NoExecute',
    'must hold tolerationSeconds only with the effect "NoExecute"',
  );

const nodePlacement = z.strictObject({
  nodeSelector: entries(labelValue).optional(),
  tolerations: z
    .array(toleration)
    .max(MAX_ENTRIES, `must hold at most ${MAX_ENTRIES} tolerations`)
    .optional(),
} satisfies Record<keyof NodePlacement, z.ZodType>);

/** One line of text for people. */
export const lineOfText = z
  .string()
  .trim()
  .max(MAX_TITLE, `must be at most ${MAX_TITLE} characters long`)
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
    'must be one line without control characters',
  )
  .refine(isVisible, ONLY_VISIBLE);

const link = z.strictObject({
  title: lineOfText.refine(title => title !== '', 'must not be empty'),
  url: z
    .string()
    .max(MAX_URL, `must be at most ${MAX_URL} characters long`)
    .refine(isWebAddress, 'must be an https:// address without a user name'),
} satisfies Record<keyof ClusterLink, z.ZodType>);

const namespacePrefix = z
  .string()
  .regex(
    /^([a-z0-9][-a-z0-9]*)?$/,
    'must be lowercase letters, digits and hyphens, beginning with a letter or digit',
  )
  .max(
    MAX_NAMESPACE_PREFIX,
    `must be at most ${MAX_NAMESPACE_PREFIX} characters long`,
  )
  .refine(
    value => !isSystemNamespace(value),
    'must not start like the name of a system namespace (berth-*, kube-*, openshift-*)',
  );

/** The fields of `ClusterDefaults`. Empty values are valid, because they remove a setting. */
export const clusterDefaultsShape = {
  namespacePrefix: namespacePrefix.optional(),
  defaultStorageClass: z
    .string()
    .refine(name => name === '' || isDnsSubdomain(name), OBJECT_NAME)
    .optional(),
  ingress: ingress.optional(),
  nodePlacement: nodePlacement.optional(),
  labels: entries(labelValue).optional(),
  links: z
    .array(link)
    .max(MAX_LINKS, `must hold at most ${MAX_LINKS} links`)
    .optional(),
} satisfies Record<keyof ClusterDefaults, z.ZodType>;

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url?.protocol === 'https:' && url.username === '' && url.password === ''
  );
}
