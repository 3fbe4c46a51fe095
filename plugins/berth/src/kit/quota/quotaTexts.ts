import { useCallback } from 'react';
import { Translate, useText } from '..';
import { ResourceUse, usesOf } from './quotaUse';
import { formatAmount, formatUse } from './resources';

const KEYS = {
  cpu: 'requestsCpu',
  'requests.cpu': 'requestsCpu',
  'limits.cpu': 'limitsCpu',
  memory: 'requestsMemory',
  'requests.memory': 'requestsMemory',
  'limits.memory': 'limitsMemory',
  'requests.storage': 'storage',
  'requests.ephemeral-storage': 'requestsEphemeral',
  'limits.ephemeral-storage': 'limitsEphemeral',
  persistentvolumeclaims: 'volumeClaims',
  pods: 'pods',
  services: 'services',
  'services.loadbalancers': 'loadBalancers',
  'services.nodeports': 'nodePorts',
  secrets: 'secrets',
  configmaps: 'configMaps',
} as const;

/** Returns the label of a quota's resource; Kubernetes' own name if it has none. */
export function labelOfResource(t: Translate, resource: string): string {
  if (resource in KEYS) {
    return t(`resource.${KEYS[resource as keyof typeof KEYS]}`);
  }
  const extended = /^requests\.(.+\/.+)$/.exec(resource)?.[1];
  return extended?.endsWith('/gpu')
    ? t('resource.gpu', { name: extended })
    : extended ?? resource;
}

/** `labelOfResource` in the language of the app. */
export function useResourceLabel(): (resource: string) => string {
  const t = useText();
  return useCallback(resource => labelOfResource(t, resource), [t]);
}

const KNOWN = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'pods',
  'storage',
] as const;

/** Returns a function for the label of a resource by its name on nodes and in totals. */
export function useNodeResourceLabel(): (resource: string) => string {
  const t = useText();
  return resource => {
    const known = KNOWN.find(name => name === resource);
    if (known) {
      return t(`resource.node.${known}`);
    }
    return resource.endsWith('/gpu')
      ? t('resource.gpu', { name: resource })
      : resource;
  };
}

/** Returns a function that writes the usage of a bound, such as `3.5 of 8 vCPU`. */
export function useUseText(): (use: ResourceUse) => string {
  const t = useText();
  return useCallback(
    ({ resource, hard, used }) =>
      used === undefined
        ? t('quotas.unobserved', { hard: formatAmount(resource, hard) })
        : t('quotas.use', formatUse(resource, used, hard)),
    [t],
  );
}

/**
 * Returns a function that writes the bounds of a quota in one line, such as `CPU requests 2 vCPU, Memory requests
 * 4 GiB`.
 */
export function useBoundsText(): (hard: Record<string, string>) => string {
  const labelOf = useResourceLabel();
  return useCallback(
    hard =>
      usesOf({ hard })
        .map(
          ({ resource, hard: amount }) =>
            `${labelOf(resource)} ${formatAmount(resource, amount)}`,
        )
        .join(', '),
    [labelOf],
  );
}
