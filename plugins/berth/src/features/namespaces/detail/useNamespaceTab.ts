import { useParams } from 'react-router-dom';

/** The tabs of a namespace, in their order. */
export const NAMESPACE_TABS = [
  'overview',
  'access',
  'quota',
  'activity',
  'danger',
] as const;

export type NamespaceTabId = (typeof NAMESPACE_TABS)[number];

/** The open tab of the page of a namespace. */
export function useNamespaceTab(): NamespaceTabId {
  const { '*': path = '' } = useParams();
  return NAMESPACE_TABS.find(id => id === path.split('/')[0]) ?? 'overview';
}
