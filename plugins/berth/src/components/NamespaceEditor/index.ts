export { EditNamespaceButton } from './EditNamespaceButton';
export type { SeenNamespace } from './namespaceEdit';
