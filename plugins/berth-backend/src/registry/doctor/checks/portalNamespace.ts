import { isKubeError } from '../../../kube';
import { SERVICE_ACCOUNT } from '../../../model/portalAccount';
import { inspectPortalNamespace } from '../portalNamespace';
import { skipped } from '../runChecks';
import { Check, Facts } from '../types';

/** Checks that only the portal can use its service account. */
export const portalNamespaceCheck: Check = {
  id: 'portalNamespace',
  title: "The portal's own namespace",
  needs: ['token'],
  async run({ client, facts, signal }) {
    const names = namespacesOf(facts);
    const found: string[] = [];
    try {
      for (const name of names) {
        const { exists, problems } = await inspectPortalNamespace(
          client,
          name,
          { signal },
        );
        if (problems.length > 0) {
          return {
            status: 'Failed',
            cause: 'OpenToOthers',
            message: `Others may be able to use the portal's service account in the namespace ${name}: ${problems.join(
              '; ',
            )}`,
            hint: portalNamespaceHint(name),
          };
        }
        if (exists) {
          found.push(name);
        }
      }
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return skipped(
          'The portal cannot read it without the rights that are missing',
        );
      }
      throw error;
    }
    return {
      status: 'Passed',
      message:
        found.length > 0
          ? `Only the cluster's admins have access to ${found.join(' and ')}`
          : `There is no namespace ${names.join(', ')}`,
    };
  },
};

/** Returns how to close the namespace. Pods and Secrets that others left in it may contain the account's token. */
export function portalNamespaceHint(name: string): string {
  return `Delete the namespace (kubectl delete namespace ${name}) and everything that others left in it. If the portal connects as a service account, apply the onboarding manifest again and give the cluster a new credential in its settings`;
}

/** Returns the namespace of the manifest, and the namespace of the portal's account. */
function namespacesOf({ username = '' }: Facts): string[] {
  const [, own] = /system:serviceaccount:([^:]+):[^:]+$/.exec(username) ?? [];
  return [
    ...new Set([
      SERVICE_ACCOUNT.namespace,
      ...(own === undefined ? [] : [own]),
    ]),
  ];
}
