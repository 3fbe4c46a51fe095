/*
 * What a ResourceQuota may bound.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
const SIZES = ['cpu', 'memory', 'ephemeral-storage'];

const COUNTS = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
]);

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(?:\\.${LABEL})*`;
const EXTENDED = new RegExp(
  `^requests\\.${SUBDOMAIN}/[A-Za-z0-9][-A-Za-z0-9_.]{0,62}$`,
);
const HUGE_PAGES = /^(?:requests\.|limits\.)?hugepages-\d+(?:Ki|Mi|Gi)$/;
const OBJECT_COUNT = new RegExp(`^count/${SUBDOMAIN}$`);
const STORAGE_CLASS = new RegExp(
  `^${SUBDOMAIN}\\.storageclass\\.storage\\.k8s\\.io/(requests\\.storage|persistentvolumeclaims)$`,
);

/** Whether a ResourceQuota knows the resource. */
export function isQuotaResource(name: string): boolean {
  const size = name.replace(/^(requests|limits)\./, '');
  return (
    SIZES.includes(size) ||
    name === 'storage' ||
    name === 'requests.storage' ||
    COUNTS.has(name) ||
    EXTENDED.test(name) ||
    HUGE_PAGES.test(name) ||
    OBJECT_COUNT.test(name) ||
    STORAGE_CLASS.test(name)
  );
}

/** Whether a resource is counted in whole things. */
export function isCounted(name: string): boolean {
  return (
    COUNTS.has(name) ||
    OBJECT_COUNT.test(name) ||
    EXTENDED.test(name) ||
    name.endsWith('/persistentvolumeclaims')
  );
}

/** Whether a quota that counts only pods of some priority can bound the resource. */
export function isOfPods(name: string): boolean {
  const size = name.replace(/^(requests|limits)\./, '');
  return name === 'pods' || SIZES.includes(size) || EXTENDED.test(name);
}

/** Whether a LimitRange item of a type knows the resource. */
export function isLimitResource(type: string, name: string): boolean {
  return type === 'PersistentVolumeClaim'
    ? name === 'storage'
    : SIZES.includes(name) || EXTENDED.test(`requests.${name}`);
}
