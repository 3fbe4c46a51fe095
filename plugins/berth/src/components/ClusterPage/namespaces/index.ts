export { NamespacesTab } from './NamespacesTab';
