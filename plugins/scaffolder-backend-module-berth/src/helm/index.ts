export { HelmInstaller } from './HelmInstaller';
