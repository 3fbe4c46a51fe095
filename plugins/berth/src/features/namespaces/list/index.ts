export { CreateNamespaceButton } from './CreateNamespaceButton';
export { NamespacesList } from './NamespacesList';
export { NamespacesPage } from './NamespacesPage';
