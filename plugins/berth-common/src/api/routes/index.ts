export * from './ApiRoute';
export { API_ROUTES } from './API_ROUTES';
