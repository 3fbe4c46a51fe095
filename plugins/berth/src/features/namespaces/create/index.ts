export { CreateNamespaceDialog } from './CreateNamespaceDialog';
