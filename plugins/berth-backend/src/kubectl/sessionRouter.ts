import { AuditorService } from '@backstage/backend-plugin-api';
import {
  ActivatedDevice,
  DeviceCredential,
  deviceAssertionSchema,
  KubectlClusterList,
} from '@berth/plugin-berth-common';
import { Request, RequestHandler, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ipKeyGenerator } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';
import { Callers } from '../access/Callers';
import { limitRequests } from '../access/limitRequests';
import { withoutAudit } from '../access/readsEverything';
import { secondsUntil } from '../access/secondsUntil';
import { TokenService } from '../access/types';
import { audited } from '../audit/audited';
import { parseBody } from '../validation/parseBody';
import { addressOf } from './address';
import { DeviceAction, readDeviceId } from './assertion';
import { DeviceNotifier } from './DeviceNotifier';
import { DeviceSessions, VerifiedDevice } from './DeviceSessions';
import { KubectlClusters } from './KubectlClusters';
import { computerOf } from './presentDevice';
import { DeviceStore } from './types';

const PER_MINUTE = 60;
const MAX_KNOWN = 10_000;
/** The errors of requests that no computer signed. */
const REFUSALS = new Set(['AuthenticationError', 'InputError']);

export interface SessionRouterOptions {
  auditor: AuditorService;
  callers: Callers;
  clusters: KubectlClusters;
  devices: DeviceStore;
  notifier: DeviceNotifier;
  sessions: DeviceSessions;
  /** Counts tokens of the person of the request. */
  tokenRateLimit: RequestHandler;
  tokens: TokenService;
}

type Handler<Action extends DeviceAction> = (
  verified: VerifiedDevice<Action>,
  request: Request,
  response: Response,
) => Promise<void>;

/** Serves the calls that devices sign. The portal's credentials have no meaning here. */
export function createSessionRouter({
  auditor,
  callers,
  clusters,
  devices,
  notifier,
  sessions,
  tokenRateLimit,
  tokens,
}: SessionRouterOptions): Router {
  const router = PromiseRouter();
  const verified = new WeakMap<Request, VerifiedDevice<DeviceAction>>();
  /** Devices whose signature this replica has verified, by id. */
  const known = new LRUCache<string, true>({ max: MAX_KNOWN });

  const addressKey = (request: Request) =>
    ipKeyGenerator(addressOf(request) ?? '::');
  const perAddress = limitRequests({
    limit: PER_MINUTE,
    keyOf: addressKey,
    message: limit =>
      `Your address sent more than ${limit} assertions that no computer signed; wait a moment and try again`,
  });
  const perDevice = limitRequests({
    limit: PER_MINUTE,
    keyOf: request => verified.get(request)!.device.id,
    message: limit =>
      `This computer sent more than ${limit} requests in a minute; wait a moment and try again`,
  });

  async function isOverLimit(key: string): Promise<boolean> {
    const count = await perAddress.getKey(key);
    return count !== undefined && count.totalHits >= PER_MINUTE;
  }

  function signed<Action extends DeviceAction>(
    action: Action,
    handle: Handler<Action>,
    ...limits: RequestHandler[]
  ) {
    const verify: RequestHandler = async (request, response, next) => {
      // All people may share the address of a proxy, so a device that works is never refused for the others.
      if (
        !known.has(namedDevice(request) ?? '') &&
        (await isOverLimit(addressKey(request)))
      ) {
        await perAddress(request, response, next);
        return;
      }
      try {
        const { assertion } = parseBody(deviceAssertionSchema, request.body);
        const found = await sessions.verify(action, assertion);
        known.set(found.device.id, true);
        verified.set(request, found);
        callers.identify(request, sessions.callerOf(found.device));
        next();
      } catch (error) {
        if (REFUSALS.has((error as Error).name)) {
          await perAddress(request, response, () => next(error));
        } else {
          next(error);
        }
      }
    };
    router.post(
      `/kubectl/session/${action}`,
      verify,
      perDevice,
      ...limits,
      (request, response) =>
        handle(
          verified.get(request) as VerifiedDevice<Action>,
          request,
          response,
        ),
    );
  }

  signed('activate', async ({ device, claims }, request, response) => {
    const address = addressOf(request);
    await audited(
      auditor,
      {
        eventId: 'kubectl-activate',
        severityLevel: 'medium',
        request,
        meta: metaOf(device),
      },
      async () => {
        await sessions.activate(device, claims.code, address);
        return {
          result: undefined,
          ...(address !== undefined && { meta: { address } }),
        };
      },
    );
    notifier.connected(device, address);
    const body: ActivatedDevice = {
      id: device.id,
      user: device.userRef,
      endsAt: device.endsAt,
      endsIn: secondsUntil(new Date(device.endsAt)),
    };
    response.json(body);
  });

  signed(
    'credential',
    async ({ device, claims }, request, response) => {
      const body = await audited<DeviceCredential>(
        auditor,
        {
          eventId: 'token-mint',
          severityLevel: 'medium',
          request,
          meta: { cluster: claims.cluster, ...metaOf(device) },
        },
        async () => {
          sessions.assertActive(device);
          const caller = withoutAudit(await callers.of(request));
          const visible = await sessions.clusterOf(caller, claims);
          const minted = await tokens.mint(caller.person, visible, device.id);
          const { token, jti, expiresAt } = minted;
          await sessions.recordUse(device, addressOf(request));
          return {
            result: {
              token,
              expiresAt: expiresAt.toISOString(),
              expiresIn: secondsUntil(expiresAt),
              clusterId: visible.cluster.id,
            },
            meta: {
              clusterId: visible.cluster.id,
              jti,
              subject: minted.claims.sub,
              groups: minted.claims.groups,
            },
          };
        },
      );
      response.status(201).json(body);
    },
    tokenRateLimit,
  );

  signed('clusters', async ({ device }, request, response) => {
    sessions.assertActive(device);
    const items = await clusters.list(await callers.of(request));
    await sessions.recordUse(device, addressOf(request));
    const { portalCaData } = clusters;
    const body: KubectlClusterList = {
      items,
      totalItems: items.length,
      ...(portalCaData !== undefined && { portalCaData }),
    };
    response.json(body);
  });

  signed('end', async ({ device }, request, response) => {
    await audited(
      auditor,
      {
        eventId: 'kubectl-end',
        severityLevel: 'medium',
        request,
        meta: metaOf(device),
      },
      async () => {
        await devices.end(
          { id: device.id },
          { at: new Date().toISOString(), why: 'It was ended on the computer' },
        );
        return { result: undefined };
      },
    );
    response.status(204).end();
  });

  return router;
}

function namedDevice({ body }: Request): string | undefined {
  try {
    return readDeviceId(body.assertion);
  } catch {
    return undefined;
  }
}

function metaOf(device: VerifiedDevice<DeviceAction>['device']) {
  return { device: device.id, computer: computerOf(device) };
}
