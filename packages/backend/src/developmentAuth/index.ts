export { developmentAuthModule as default } from './developmentAuthModule';
