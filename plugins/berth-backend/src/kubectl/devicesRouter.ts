import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  berthKubectlConnectPermission,
  connectDeviceRequestSchema,
  ConnectedDevice,
  CountedPage,
  KubectlDevice,
  kubectlDeviceListQuerySchema,
  kubectlDeviceQuerySchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  assertAdmin,
  assertReadsEverything,
  ClusterAccess,
} from '../access/ClusterAccess';
import { Authorizer } from '../access/permissions/Authorizer';
import { audited } from '../audit/audited';
import { Person } from '../model/people';
import { atField } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { pagingOf } from '../validation/pageCursor';
import { parseBody } from '../validation/parseBody';
import { parseStrictRef } from '../validation/strictEntityRef';
import { addressOf } from './address';
import { DeviceSessions } from './DeviceSessions';
import { computerOf, presentDevice } from './presentDevice';
import { DeviceFilter, DeviceStore } from './types';

const MAX_LOGGED = 50;

export interface DevicesRouterOptions {
  access: Pick<ClusterAccess, 'caller'>;
  auditor: AuditorService;
  authorizer: Pick<Authorizer, 'require'>;
  devices: DeviceStore;
  sessions: DeviceSessions;
}

/** Connects, lists and ends devices, for people in the portal. */
export function createDevicesRouter({
  access,
  auditor,
  authorizer,
  devices,
  sessions,
}: DevicesRouterOptions): Router {
  const router = PromiseRouter();

  router.post('/kubectl/devices', async (request, response) => {
    const body = await audited<ConnectedDevice>(
      auditor,
      { eventId: 'kubectl-connect', severityLevel: 'medium', request },
      async () => {
        const caller = await access.caller(request);
        await authorizer.require(
          caller.credentials,
          berthKubectlConnectPermission,
        );
        const asked = parseBody(connectDeviceRequestSchema, request.body);
        const result = await sessions.connect(
          caller,
          asked,
          addressOf(request),
        );
        return {
          result,
          meta: {
            device: result.id,
            computer: computerOf(asked),
            version: asked.version,
            endsAt: result.endsAt,
          },
        };
      },
    );
    response.status(201).json(body);
  });

  router.get('/kubectl/devices', async (request, response) => {
    const { person } = await access.caller(request);
    const {
      filter: { user },
      page,
      present,
    } = pagingOf(
      'kubectl-devices',
      parseBody(kubectlDeviceListQuerySchema, request.query),
    );
    const { filter, own } = ofPerson(user, person);
    if (!own) {
      assertReadsEverything(person);
    }
    const found = await devices.list(filter, page);
    const now = new Date();
    const body: CountedPage<KubectlDevice> = present(
      found,
      found.items.map(device => presentDevice(device, now)),
    );
    response.json(body);
  });

  router.delete('/kubectl/devices', async (request, response) => {
    await audited(
      auditor,
      { eventId: 'kubectl-end', severityLevel: 'medium', request },
      async () => {
        const { person } = await access.caller(request);
        const { user } = parseBody(kubectlDeviceQuerySchema, request.query);
        const { filter, own } = ofPerson(user, person);
        if (!own) {
          assertAdmin(person);
        }
        const ended = await devices.end(filter, endedBy(person));
        return {
          result: undefined,
          meta: {
            user: filter.userRef ?? '*',
            devices: ended.map(({ id }) => id).slice(0, MAX_LOGGED),
            count: ended.length,
          },
        };
      },
    );
    response.status(204).end();
  });

  router.delete('/kubectl/devices/:id', async (request, response) => {
    const { id } = request.params;
    await audited(
      auditor,
      {
        eventId: 'kubectl-end',
        severityLevel: 'medium',
        request,
        meta: { device: id },
      },
      async () => {
        const { person } = await access.caller(request);
        const device = await devices.get(id);
        if (!device || !(person.admin || device.userRef === person.userRef)) {
          throw new NotFoundError(
            `There is no connected computer ${quoteUntrusted(id)}${
              person.admin ? '' : ' of yours'
            }`,
          );
        }
        await devices.end({ id }, endedBy(person));
        return {
          result: undefined,
          meta: { user: device.userRef, computer: computerOf(device) },
        };
      },
    );
    response.status(204).end();
  });

  return router;
}

/** Reads whose devices a request is about: the caller's own by default. */
function ofPerson(
  user: string | undefined,
  { userRef: own }: Person,
): { filter: DeviceFilter; own: boolean } {
  if (user === '*') {
    return { filter: {}, own: false };
  }
  const ref = user === undefined ? undefined : parseStrictRef(user, 'user');
  if (user !== undefined && ref?.kind.toLowerCase() !== 'user') {
    throw atField(
      new InputError(
        `user ${quoteUntrusted(
          user,
        )} must be the entity ref of a user, such as user:default/ada, or *`,
      ),
      'user',
    );
  }
  const userRef = ref ? stringifyEntityRef(ref) : own;
  return { filter: { userRef }, own: userRef === own };
}

function endedBy({ userRef }: Person) {
  return { at: new Date().toISOString(), why: `${userRef} ended it` };
}
