import { AuditorService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  AccessSummary,
  berthTokenCreatePermission,
  TokenResponse,
} from '@berth/plugin-berth-common';
import { Request, RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { audited } from '../audit/audited';
import { ClusterAccess } from './ClusterAccess';
import { withoutAudit } from './readsEverything';
import { secondsUntil } from './secondsUntil';
import { TokenService } from './types';

export interface AccessRouterOptions {
  access: ClusterAccess;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  auditor: AuditorService;
  /** Whether people can open terminals in containers. */
  terminal: boolean;
  /** Whether people can read Helm releases. */
  helm: boolean;
  tokenRateLimit: RequestHandler;
  tokens: TokenService;
}

/** Serves the caller's identity and tokens. */
export function createAccessRouter({
  access,
  adminGroups,
  auditor,
  helm,
  terminal,
  tokenRateLimit,
  tokens,
}: AccessRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/access/me', async (request, response) => {
    const { person } = await access.caller(request);
    const { userRef: user, username, admin, groups } = person;
    const nested = person.memberships.filter(({ path }) => path.length > 1);
    const summary: AccessSummary = {
      user,
      username,
      admin,
      auditor: person.auditor,
      groups,
      ...(nested.length > 0 && {
        paths: Object.fromEntries(
          nested.map(({ group, path }) => [group, path]),
        ),
      }),
      terminal,
      helm,
      ...(adminGroups.size === 0 && { noAdmins: true }),
    };
    response.json(summary);
  });

  router.use('/clusters/:name/token', tokenRateLimit);

  router.post('/clusters/:name/token', async (request, response) => {
    const { name } = request.params;
    const body = await audited<TokenResponse>(
      auditor,
      {
        eventId: 'token-mint',
        severityLevel: 'medium',
        request,
        meta: { cluster: name },
      },
      async () => {
        const caller = withoutAudit(await access.caller(request));
        refuseClaims(request);
        const visible = await access.get(
          caller,
          name,
          berthTokenCreatePermission,
        );
        const minted = await tokens.mint(caller.person, visible);
        const { token, jti, expiresAt, claims } = minted;
        return {
          result: {
            token,
            expiresAt: expiresAt.toISOString(),
            expiresIn: secondsUntil(expiresAt),
          },
          meta: {
            clusterId: visible.cluster.id,
            jti,
            subject: claims.sub,
            groups: claims.groups,
          },
        };
      },
    );
    response.status(201).setHeader('Cache-Control', 'no-store').json(body);
  });

  return router;
}

const MAX_SHOWN = 20;

/** The caller decides nothing about a token, so a request with claims is a mistake. */
function refuseClaims(request: Request) {
  const body: unknown = request.body ?? {};
  const sent = [
    ...Object.keys(request.query),
    ...(typeof body === 'object' ? Object.keys(body!) : ['a body']),
  ];
  if (sent.length > 0) {
    throw new InputError(
      `The token route takes no parameters, but was sent ${sent
        .slice(0, MAX_SHOWN)
        .map(quoteUntrusted)
        .join(
          ', ',
        )}: what a token claims follows from the caller's groups alone`,
    );
  }
}
