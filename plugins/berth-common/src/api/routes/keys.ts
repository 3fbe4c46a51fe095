import { issuerKeyListSchema, revokeKeysRequestSchema } from '../keys';
import type { ApiRoute } from './ApiRoute';
import { ADMIN, READER } from './common';
import { routesOf } from './routesOf';

const keys = routesOf('Signing keys');

/** The routes of the signing keys. */
export const KEY_ROUTES: readonly ApiRoute[] = [
  keys('get /issuer/keys', 'List the signing keys', {
    caller: READER,
    permission: 'berth.issuer.manage',
    answer: issuerKeyListSchema,
  }),
  keys('post /issuer/keys/rotate', 'Rotate the signing key', {
    caller: ADMIN,
    permission: 'berth.issuer.manage',
    answer: issuerKeyListSchema,
  }),
  keys('post /issuer/keys/revoke', 'Revoke signing keys', {
    caller: ADMIN,
    permission: 'berth.issuer.manage',
    body: revokeKeysRequestSchema,
    answer: issuerKeyListSchema,
  }),
];
