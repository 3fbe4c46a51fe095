import { AuditorService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  berthAccessExplainPermission,
  explainAccessQuerySchema,
} from '@berth/plugin-berth-common';
import { Request, RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseBody } from '../../validation/parseBody';
import { audited } from '../../audit/audited';
import { ClusterAccess } from '../ClusterAccess';
import { Caller } from '../Callers';
import { TokenService } from '../types';
import { Person, PersonResolver } from '../../model/people';
import { AccessExplainer } from './AccessExplainer';
import { atField } from '../../text/fieldProblems';

export interface ExplainRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  explainer: AccessExplainer;
  people: PersonResolver;
  /** An explanation uses one of the caller's tokens. */
  tokenRateLimit: RequestHandler;
  tokens: TokenService;
}

/** Serves `GET /access/explain?cluster=&namespace=&user=`. */
export function createExplainRouter(options: ExplainRouterOptions): Router {
  const { access, auditor, explainer, people, tokens } = options;
  const router = PromiseRouter();

  router.use('/access/explain', options.tokenRateLimit);

  router.get('/access/explain', async (request, response) => {
    const caller = await access.caller(request);
    const query = parseBody(explainAccessQuerySchema, request.query);
    const person = await personAsked(request, caller, query.user);
    const explanation = await explainer.explain({
      caller,
      person,
      clusterName: query.cluster,
      namespace: query.namespace,
      mintForCaller: visible =>
        audited(
          auditor,
          {
            eventId: 'token-mint',
            severityLevel: 'medium',
            request,
            meta: { cluster: visible.cluster.name, purpose: 'access-review' },
          },
          async () => {
            const { token, jti, claims } = await tokens.mint(
              caller.person,
              visible,
            );
            const { sub: subject, groups } = claims;
            return {
              result: token,
              meta: { clusterId: visible.cluster.id, jti, subject, groups },
            };
          },
        ),
    });
    response.setHeader('Cache-Control', 'no-store').json(explanation);
  });

  async function personAsked(
    request: Request,
    caller: Caller,
    user?: string,
  ): Promise<Person> {
    const userRef = user === undefined ? undefined : parseUser(user);
    if (userRef === undefined || userRef === caller.person.userRef) {
      return caller.person;
    }
    await access.reader(request, berthAccessExplainPermission);
    return people.resolve(caller.credentials, userRef);
  }

  return router;
}

function parseUser(user: string): string {
  try {
    const ref = parseEntityRef(user, { defaultKind: 'user' });
    if (ref.kind.toLowerCase() === 'user') {
      return stringifyEntityRef(ref);
    }
  } catch {
    // The error below covers this.
  }
  throw atField(
    new InputError(
      `user ${JSON.stringify(
        user,
      )} must be the entity ref of a user, such as user:default/alice`,
    ),
    'user',
  );
}
