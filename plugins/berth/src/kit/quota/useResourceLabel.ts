import { useCallback } from 'react';
import { Translate, useText } from '..';

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

/** The words for a resource of a quota; Kubernetes' own name where there are none. */
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
