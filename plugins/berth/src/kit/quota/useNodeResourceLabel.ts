import { useText } from '..';

const KNOWN = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'pods',
  'storage',
] as const;

/** The words for a resource as nodes and totals name it. */
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
