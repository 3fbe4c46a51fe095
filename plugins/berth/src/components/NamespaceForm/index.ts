export { CreateNamespaceDialog } from './CreateNamespaceDialog';
export { useNameCheck } from './useNameCheck';
export type { NameState } from './useNameCheck';
