import type { ApiRoute } from './ApiRoute';
import { routesOf } from './routesOf';
import { terminalRequestSchema, terminalTicketSchema } from '../terminal';

const terminals = routesOf('Terminals');

/** The routes of terminals in containers. */
export const TERMINAL_ROUTES: readonly ApiRoute[] = [
  terminals(
    'post /clusters/{cluster}/namespaces/{namespace}/pods/{pod}/terminal',
    'Create a ticket for a terminal in a container',
    {
      description:
        'The ticket opens one WebSocket at `/terminal` within 30 seconds. 403 while `berth.terminal.enabled` is false, which is the default.',
      caller:
        'Everyone who may see the namespace, with their own rights on the cluster',
      permission: 'berth.pod.exec',
      body: terminalRequestSchema,
      status: 201,
      answer: terminalTicketSchema,
      errors: [404, 429],
    },
  ),
];
