import { ExplanationStep, ReviewedAccess } from '@berth/plugin-berth-common';

/** Adds the cluster's own answers to the chain. */
export function reviewStep(items: ReviewedAccess[]): ExplanationStep {
  const link = 'review';
  const missing = items.filter(item => item.expected && !item.allowed);
  if (missing.length > 0) {
    return {
      link,
      status: 'Failed',
      message: `The cluster says no to ${listed(
        missing,
      )}, which the roles above allow`,
      hint: 'Compare the cluster with its plan, and run its checks: the cluster may use other prefixes than those in Berth',
    };
  }
  const extra = items.filter(item => !item.expected && item.allowed);
  if (extra.length > 0) {
    return {
      link,
      status: 'Passed',
      message: `The cluster agrees, and allows more than Berth gives: ${listed(
        extra,
      )}. That comes from a binding that Berth did not make`,
    };
  }
  return { link, status: 'Passed', message: 'The cluster itself agrees' };
}

function listed(items: ReviewedAccess[]): string {
  return items
    .map(
      ({ verb, resource, namespace }) => `${verb} ${resource} in ${namespace}`,
    )
    .join(', ');
}
