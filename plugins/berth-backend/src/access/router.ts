import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { AccessSummary, TokenResponse } from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ClusterStore } from '../registry/types';
import { PersonResolver, TokenService } from './types';

export interface AccessRouterOptions {
  auditor: AuditorService;
  clusters: ClusterStore;
  httpAuth: HttpAuthService;
  people: PersonResolver;
  tokens: TokenService;
}

/** Who the caller is, and their tokens. */
export function createAccessRouter({
  auditor,
  clusters,
  httpAuth,
  people,
  tokens,
}: AccessRouterOptions): Router {
  const router = PromiseRouter();

  async function resolveCaller(request: Request) {
    return people.resolve(
      await httpAuth.credentials(request, { allow: ['user'] }),
    );
  }

  router.get('/access/me', async (request, response) => {
    const { userRef, ...person } = await resolveCaller(request);
    const summary: AccessSummary = { user: userRef, ...person };
    response.json(summary);
  });

  router.post('/clusters/:name/token', async (request, response) => {
    const { name } = request.params;
    const event = await auditor.createEvent({
      eventId: 'token-mint',
      severityLevel: 'medium',
      request,
      meta: { cluster: name },
    });
    try {
      const person = await resolveCaller(request);
      refuseClaims(request);
      const cluster = await clusters.get(name);
      if (!cluster) {
        throw new NotFoundError(`There is no cluster ${name}`);
      }
      const { token, jti, expiresAt, claims } = await tokens.mint(
        person,
        cluster,
      );
      await event.success({
        meta: { jti, subject: claims.sub, groups: claims.groups },
      });
      const body: TokenResponse = { token, expiresAt: expiresAt.toISOString() };
      response.status(201).setHeader('Cache-Control', 'no-store').json(body);
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  return router;
}

/** Nothing in a token is up to the caller, so whoever sends something expects what will not happen. */
function refuseClaims(request: Request) {
  const sent = [
    ...Object.keys(request.query),
    ...Object.keys(request.body ?? {}),
  ];
  if (sent.length > 0) {
    throw new InputError(
      `The token route takes no parameters, but was sent ${sent
        .map(key => JSON.stringify(key.slice(0, 40)))
        .join(', ')}: a token's claims follow from the caller's groups alone`,
    );
  }
}
