import { List, revokeKeysRequestSchema } from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseBody } from '../../validation/parseBody';
import { KeyRingAdministration, KeySummary } from './types';

export interface KeysRouterOptions {
  keyRing: KeyRingAdministration;
  /** Throws unless the caller may read or change the issuer's keys. */
  authorize(request: Request, action: 'read' | 'change'): Promise<void>;
  /** Runs a change and records it in the audit log. */
  audit<T>(
    request: Request,
    eventId: string,
    change: () => Promise<T>,
  ): Promise<T>;
}

/** Serves `/issuer/keys`: the issuer's signing keys, for admins. */
export function createKeysRouter({
  keyRing,
  authorize,
  audit,
}: KeysRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/issuer/keys', async (request, response) => {
    await authorize(request, 'read');
    response.json(present(await keyRing.list()));
  });

  router.post('/issuer/keys/rotate', async (request, response) => {
    const keys = await audit(request, 'key-rotate', async () => {
      await authorize(request, 'change');
      return keyRing.rotate();
    });
    response.json(present(keys));
  });

  router.post('/issuer/keys/revoke', async (request, response) => {
    const keys = await audit(request, 'key-revoke', async () => {
      await authorize(request, 'change');
      const { kids } = parseBody(revokeKeysRequestSchema, request.body);
      return keyRing.revoke(kids);
    });
    response.json(present(keys));
  });

  return router;
}

function present(keys: KeySummary[]): List<KeySummary> {
  return { items: keys, totalItems: keys.length };
}
