import {
  AuditorService,
  AuthService,
  HttpRouterService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Router } from 'express';
import { Knex } from 'knex';
import { ClusterAccess } from '../access/ClusterAccess';
import { readDenied } from '../access/deniedResources';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { TokenService } from '../access/types';
import { KubeSockets, PersonClients } from '../kube';
import { PersonResolver } from '../model/people';
import { Upgrades } from '../upgrades/Upgrades';
import { DatabaseTicketStore } from './DatabaseTicketStore';
import {
  TunnelServer,
  TunnelServerOptions,
  ProxyCallerResolver,
} from './TunnelServer';
import { isTunnelUrl } from './tunnelUrl';
import { readOrigins, TERMINAL_URL } from './handshake';
import { OpenTerminals } from './OpenTerminals';
import { createTerminalRouter, terminalsAreOff } from './router';
import { TerminalAccess } from './TerminalAccess';
import { TerminalServer } from './TerminalServer';
import { Tickets } from './Tickets';

const PER_PERSON = 5;
/** The route that answers requests that do not upgrade, and all of them while terminals are off. */
const TERMINAL_PATH = '/terminal';

export interface CreateTerminalsOptions {
  access: ClusterAccess;
  auditor: AuditorService & {
    /** Returns an auditor for a person who is not the caller of a request with the portal's credentials. */
    actingAs(userRef: string): AuditorService;
  };
  auth: AuthService;
  clients: KubeSockets & PersonClients;
  config: Config;
  database: Knex;
  httpRouter: HttpRouterService;
  /** The sign-in with kubectl. */
  kubectl: Pick<TunnelServerOptions, 'callerOf'>;
  lifecycle: LifecycleService;
  logger: LoggerService;
  namespaceAccess: NamespaceAccess;
  people: PersonResolver;
  /** Without it, kubectl calls no cluster through the portal. */
  proxyCallers?: ProxyCallerResolver;
  scheduler: SchedulerService;
  tokens: TokenService;
  upgrades: Upgrades;
}

/** The terminals of a portal. */
export interface Terminals {
  enabled: boolean;
  /** Gives tickets. */
  router: Router;
}

/** Returns whether `berth.terminal.enabled` turns terminals on. They are off by default. */
export function terminalsEnabled(config: Config): boolean {
  return config.getOptionalBoolean('berth.terminal.enabled') ?? false;
}

/** Creates the parts of terminals. While they are off, only the routes that say so. */
export async function createTerminals(
  options: CreateTerminalsOptions,
): Promise<Terminals> {
  const { auditor, clients, config, httpRouter, lifecycle, logger } = options;
  const enabled = terminalsEnabled(config);
  const open = new OpenTerminals(PER_PERSON);
  const store = DatabaseTicketStore.create(options.database);
  const tickets = new Tickets(store);
  const terminals = new TerminalAccess({
    ...options,
    deny: readDenied(options.config),
  });
  httpRouter.use(createUpgradeRoute(enabled));
  // A browser sends no token with a WebSocket. The ticket is checked instead.
  httpRouter.addAuthPolicy({ path: TERMINAL_PATH, allow: 'unauthenticated' });
  if (enabled) {
    const server = new TerminalServer({
      ...options,
      access: terminals,
      auditorOf: userRef => auditor.actingAs(userRef),
      open,
      origins: readOrigins(config),
      sockets: clients,
      tickets,
    });
    options.upgrades.handle(
      url => url === TERMINAL_URL,
      (request, socket, head) => {
        server.handle(request, socket, head).catch(error => {
          logger.error('A terminal could not be opened', error);
          socket.destroy();
        });
      },
    );
    if (options.proxyCallers) {
      const tunnels = new TunnelServer({
        access: terminals,
        auditorOf: userRef => auditor.actingAs(userRef),
        callerOf: options.kubectl.callerOf,
        callers: options.proxyCallers,
        logger,
        open,
        sockets: clients,
      });
      options.upgrades.handle(isTunnelUrl, (request, socket, head) => {
        tunnels.handle(request, socket, head).catch(error => {
          logger.error('A connection to a pod failed', error);
          socket.destroy();
        });
      });
    }
    await options.scheduler.scheduleTask({
      id: 'berth-terminal-tickets',
      frequency: { minutes: 5 },
      initialDelay: { minutes: 1 },
      timeout: { minutes: 2 },
      fn: async () => {
        await store.deleteExpired(new Date().toISOString());
      },
    });
    lifecycle.addShutdownHook(async () => {
      open.endAll({
        cause: 'Closing',
        message: 'The portal restarts. Open the terminal again in a moment',
      });
    });
  }
  return {
    enabled,
    router: createTerminalRouter({
      access: options.access,
      auditor,
      enabled,
      open,
      terminals,
      tickets,
    }),
  };
}

/** Answers below the path of the WebSocket, so that nothing there reaches another route without credentials. */
function createUpgradeRoute(enabled: boolean): Router {
  const router = Router();
  router.use(TERMINAL_PATH, (_, response, next) => {
    if (!enabled) {
      next(terminalsAreOff());
      return;
    }
    response
      .status(426)
      .setHeader('Upgrade', 'websocket')
      .json({
        error: {
          name: 'UpgradeRequired',
          message: `A terminal is a WebSocket at exactly ${TERMINAL_URL}. Try again, because the portal may not have been ready for one`,
        },
      });
  });
  return router;
}
