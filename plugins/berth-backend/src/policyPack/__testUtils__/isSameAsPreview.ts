import type { AdmissionCase, AdmissionVerdict } from '@berth/control-plane';
import { JudgingNamespace, JudgingPolicies, podRefusals } from '../podRefusals';

/** All policies but the one for defaults. */
export const RULES_ONLY: JudgingPolicies = {
  identity: true,
  placement: true,
  defaults: false,
  strictGroups: true,
};

/** Returns why a preview says that a pod would be refused. */
export function previewedRefusals(
  {
    object,
    namespaceObject,
  }: Pick<AdmissionCase, 'object' | 'namespaceObject'>,
  policies: JudgingPolicies = RULES_ONLY,
): string[] {
  const { spec } = object as { spec?: unknown };
  const { metadata } = namespaceObject as { metadata: JudgingNamespace };
  return podRefusals(spec, metadata, policies).map(({ why }) => why);
}

/** Returns whether a preview says of a pod what the policies say, with the same reason. */
export function isSameAsPreview(
  one: AdmissionCase,
  { allowed, message = '' }: AdmissionVerdict,
): boolean {
  const refusals = previewedRefusals(one);
  return allowed
    ? refusals.length === 0
    : refusals.some(why => message.includes(why));
}
