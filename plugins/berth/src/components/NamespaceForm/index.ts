export { CreateNamespaceDialog } from './CreateNamespaceDialog';
export { useNameCheck } from './useNameCheck';
export type { NameCheck, NameState } from './useNameCheck';
