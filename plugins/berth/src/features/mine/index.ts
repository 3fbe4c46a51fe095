export { MyKubernetesPage } from './MyKubernetesPage';
