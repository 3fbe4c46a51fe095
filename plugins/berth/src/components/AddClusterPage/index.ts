export { AddClusterPage } from './AddClusterPage';
