import { AuditorService } from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  clusterNameSchema,
  dnsLabelSchema,
  pathObjectName,
  TerminalTicket,
  terminalRequestSchema,
} from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { ClusterAccess } from '../access/ClusterAccess';
import { Caller } from '../access/Callers';
import { routeErrorOf } from '../access/clusterCallErrors';
import { StreamLimitError } from '../access/StreamLimits';
import { audited } from '../audit/audited';
import { parseBody } from '../validation/parseBody';
import { OpenTerminals } from './OpenTerminals';
import { TerminalAccess } from './TerminalAccess';
import { Tickets } from './Tickets';

const LONGEST_MS = 60 * 60_000;

/** The values of the path arrive decoded: a pod `web/proxy` would be another path on the API server. */
const pathSchema = z.object({
  cluster: clusterNameSchema,
  namespace: dnsLabelSchema,
  pod: pathObjectName,
});

export interface TerminalRouterOptions {
  access: Pick<ClusterAccess, 'caller'>;
  auditor: AuditorService;
  enabled: boolean;
  open: OpenTerminals;
  terminals: TerminalAccess;
  tickets: Tickets;
}

/** Serves tickets for terminals. */
export function createTerminalRouter({
  access,
  auditor,
  enabled,
  open,
  terminals,
  tickets,
}: TerminalRouterOptions): Router {
  const router = PromiseRouter();
  router.post(
    '/clusters/:cluster/namespaces/:namespace/pods/:pod/terminal',
    async (request, response) => {
      if (!enabled) {
        throw terminalsAreOff();
      }
      const { cluster, namespace, pod } = parseBody(pathSchema, request.params);
      const ticket = await audited<TerminalTicket>(
        auditor,
        {
          eventId: 'terminal-open',
          severityLevel: 'medium',
          request,
          meta: { cluster, namespace, pod },
        },
        async () => {
          const caller = await access.caller(request);
          const { container, shell } = parseBody(
            terminalRequestSchema,
            request.body,
          );
          const { userRef } = caller.person;
          if (open.isFull(userRef)) {
            throw new StreamLimitError(open.tooMany);
          }
          const address = { cluster, namespace, pod, container };
          const entry = await terminals.enter(caller, address).catch(error => {
            throw routeErrorOf(error, cluster);
          });
          const clusterId = entry.cluster.id;
          return {
            result: await tickets.give({
              ...address,
              clusterId,
              shell,
              userRef,
              portalToken: bearerOf(request),
              endsAt: endOf(caller).toISOString(),
            }),
            meta: { clusterId, container, shell },
          };
        },
      );
      response.status(201).json(ticket);
    },
  );
  return router;
}

/** The error while the configuration leaves terminals off. */
export function terminalsAreOff(): NotAllowedError {
  return new NotAllowedError(
    'Terminals are off in this portal: berth.terminal.enabled is not true',
  );
}

/** The end of the token with which the person is signed in. */
function endOf({ credentials }: Caller): Date {
  const latest = Date.now() + LONGEST_MS;
  return new Date(Math.min(latest, credentials.expiresAt?.getTime() ?? latest));
}

/** The token of a caller who is known to be a person. */
function bearerOf({ headers }: Request): string {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new AuthenticationError('Missing credentials');
  }
  return token;
}
