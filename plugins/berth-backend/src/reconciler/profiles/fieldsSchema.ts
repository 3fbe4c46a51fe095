import { qualifiedNameSchema as qualifiedName } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { MANAGED_BY } from '../../model/managedBy';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { isPodSecurityLabel } from './podSecurity';
import { labels } from './networkPolicySchema';

/** The API server's limit for all annotations of an object. */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/** Room for the annotations of others. */
const MAX_BYTES = MAX_ANNOTATION_BYTES / 4;

const MAX_FIELDS = 50;

/** Keys that a profile must not set, with the reason. */
const RESERVED: { test: (key: string) => boolean; reason: string }[] = [
  {
    test: key => key === MANAGED_BY.label || isBelow(key, 'berth.dev'),
    reason: 'which Berth itself sets',
  },
  { test: isPodSecurityLabel, reason: 'which "podSecurity" sets' },
  {
    test: key => key === 'kubernetes.io/metadata.name',
    reason: 'which the API server sets',
  },
];

/** Labels of namespaces. */
export const namespaceLabels = labels.superRefine(refuseReserved);

/** Annotations of namespaces. */
export const namespaceAnnotations = z
  .record(z.string(), z.string())
  .superRefine((all, context) => {
    for (const key of Object.keys(all)) {
      const problem = qualifiedName.safeParse(key).error?.issues[0];
      if (problem) {
        context.addIssue(
          `holds the key ${quoteUntrusted(key)}, which ${problem.message}`,
        );
      }
    }
    const bytes = Buffer.byteLength(Object.entries(all).flat().join(''));
    if (bytes > MAX_BYTES) {
      context.addIssue(
        `has ${bytes} bytes, and must have at most ${MAX_BYTES}`,
      );
    }
  })
  .superRefine(refuseReserved);

function refuseReserved(
  all: Record<string, string>,
  context: z.RefinementCtx,
): void {
  const keys = Object.keys(all);
  if (keys.length > MAX_FIELDS) {
    context.addIssue(`has more than ${MAX_FIELDS} keys`);
  }
  for (const key of keys) {
    const rule = RESERVED.find(({ test }) => test(key));
    if (rule) {
      context.addIssue(`holds the key ${quoteUntrusted(key)}, ${rule.reason}`);
    }
  }
}

function isBelow(key: string, domain: string): boolean {
  const prefix = key.slice(0, Math.max(0, key.indexOf('/')));
  return prefix === domain || prefix.endsWith(`.${domain}`);
}
