export { KubeconfigButton } from './KubeconfigButton';
export { KubeconfigDialog } from './KubeconfigDialog';
