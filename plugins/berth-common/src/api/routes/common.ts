import type { ApiRoute } from './ApiRoute';

/** The people who may call a route, as the reference of the API names them. */
export const ADMIN = 'Admins';
export const READER = 'Admins and auditors';
export const PERSON = 'Everyone who is signed in';
export const VIEWER = 'Everyone who may see the cluster';
export const HOLDER = 'Everyone who may see the namespace';

export const CLUSTER = '/clusters/{name}';

/** The headers and errors of a change that names the state that the caller saw. */
export const changed: Pick<ApiRoute, 'headers' | 'errors'> = {
  headers: ['If-Match'],
  errors: [404, 409, 412, 428],
};
