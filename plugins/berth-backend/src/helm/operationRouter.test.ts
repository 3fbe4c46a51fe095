import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import express from 'express';
import { UnsecuredJWT } from 'jose';
import request from 'supertest';
import { ulid } from 'ulid';
import { createOperationRouter, OperationRouterParts } from './operationRouter';
import { PreparedPreview, PreviewCaller } from './previews/types';

const PLACE = { cluster: 'prod', namespace: 'shop', release: 'web' };
const UPGRADE = { ...PLACE, kind: 'upgrade', baseRevision: 3 };
const BODY = { ...UPGRADE, values: 'password: planted' };
const CHART = `sha256:${'a'.repeat(64)}`;
const PREPARED = {
  preview: { digest: 'the-digest', refusals: [], warnings: [] },
  chartDigest: CHART,
  chart: { repository: 'demo', name: 'web', version: '1.0.0' },
  run: {},
} as unknown as PreparedPreview;

describe('the activity log of operations', () => {
  const events: { eventId: string; outcome?: string; meta: JsonObject }[] = [];
  let minted: number;
  let refuses: boolean;
  let added: unknown[];

  beforeEach(() => {
    events.length = 0;
    minted = 0;
    refuses = false;
    added = [];
  });

  const auditor: AuditorService = {
    createEvent: async ({ eventId, meta }) => {
      const event: (typeof events)[number] = { eventId, meta: { ...meta } };
      events.push(event);
      const end = (outcome: string) => async (more?: { meta?: JsonObject }) => {
        event.outcome = outcome;
        // As it is at the end.
        Object.assign(event.meta, structuredClone(more?.meta));
      };
      return { success: end('success'), fail: end('fail') };
    },
  };
  const enter = async () => {
    if (refuses) {
      throw new NotAllowedError('You may not enter prod');
    }
    minted += 1;
    const token = new UnsecuredJWT({}).setJti(`token-${minted}`).encode();
    return { cluster: { id: 'id-of-prod', name: 'prod' }, token };
  };
  const running = {
    ...{ ...UPGRADE, id: ulid(), clusterId: 'id-of-prod', digest: 'a-digest' },
    ...{ options: {}, person: 'user:default/bob', state: 'Running' },
  };
  const parts = {
    access: {
      caller: async () => ({
        credentials: {},
        person: { userRef: 'user:default/ann', uid: 'uid', admin: false },
      }),
    },
    auditor,
    authorizer: { require: async () => {} },
    clients: { forPerson: () => ({}) },
    desk: { cancel: async () => true, wake: () => {} },
    operationAccess: { enter, record: async () => ({ person: 'ann' }) },
    previews: {
      preview: async ({ token }: PreviewCaller) => {
        await token(AbortSignal.timeout(1_000));
        return PREPARED;
      },
    },
    promotion: { check: async () => ({ refusals: [], sources: [] }) },
    readerParts: () => ({}),
    requestKey: Buffer.from('a key'),
    store: {
      add: async (...operation: unknown[]) => added.push(operation) > 0,
      get: async () =>
        added.length > 0 ? { ...running, state: 'Queued' } : undefined,
      holderOf: async ({ release }: { release: string }) =>
        release === 'held' ? running : undefined,
      live: async () => [],
    },
    streams: { addPerson: () => () => {} },
    views: { find: async () => ({ operation: running, mine: false }) },
    writing: { writable: true },
  } as unknown as OperationRouterParts;
  const portal = () =>
    request(express().use(express.json(), createOperationRouter(parts)));

  it('H23 names the tokens and the archive of a preview', async () => {
    await portal().post('/helm/previews').send(BODY).expect(200);
    expect(events).toMatchObject([
      {
        ...{ eventId: 'helm-preview', outcome: 'success' },
        meta: {
          ...{ ...UPGRADE, chartDigest: CHART, digest: 'the-digest' },
          jtis: ['token-1', 'token-2'],
        },
      },
    ]);
  });

  it('H23 names the place of a preview that is refused', async () => {
    refuses = true;
    await portal().post('/helm/previews').send(BODY).expect(500);
    expect(events).toEqual([
      {
        ...{ eventId: 'helm-preview', outcome: 'fail' },
        meta: { ...UPGRADE, jtis: [] },
      },
    ]);
  });

  it('H23 names the archive of an operation that begins', async () => {
    const id = ulid();
    await portal()
      .put(`/helm/operations/${id}`)
      .send({ ...BODY, previewDigest: 'the-digest' })
      .expect(202);
    expect(events).toMatchObject([
      { outcome: 'success', meta: { chartDigest: CHART, ...UPGRADE } },
    ]);
    expect(added).toMatchObject([[{ id }, { chartDigest: CHART }]]);
  });

  it('H23 names the place and the tokens of an operation that does not begin', async () => {
    const id = ulid();
    await portal()
      .put(`/helm/operations/${id}`)
      .send({ ...BODY, previewDigest: 'an-old-digest' })
      .expect(500);
    expect(events).toEqual([
      {
        ...{ eventId: 'helm-start', outcome: 'fail' },
        meta: {
          ...{ ...UPGRADE, operation: id, digest: 'an-old-digest' },
          jtis: ['token-1', 'token-2'],
        },
      },
    ]);
  });

  it('H23 names the operation that a person may not cancel', async () => {
    await portal().delete(`/helm/operations/${running.id}`).expect(500);
    expect(events).toMatchObject([
      {
        ...{ eventId: 'helm-cancel', outcome: 'fail' },
        meta: { ...UPGRADE, operation: running.id, jtis: [] },
      },
    ]);
  });

  it('H23 names the token of an unlock that fails', async () => {
    await portal()
      .post('/clusters/prod/namespaces/shop/releases/held/unlock')
      .send({ revision: 4 })
      .expect(500);
    expect(events).toEqual([
      {
        ...{ eventId: 'helm-unlock', outcome: 'fail' },
        meta: { ...PLACE, release: 'held', revision: 4, jtis: ['token-1'] },
      },
    ]);
  });
});
