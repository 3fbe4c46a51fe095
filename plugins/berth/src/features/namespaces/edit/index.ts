export { EditNamespaceButton } from './EditNamespaceButton';
