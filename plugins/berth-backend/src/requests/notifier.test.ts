import { mockServices } from '@backstage/backend-test-utils';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { namespaceSpec } from './__testUtils__/portal';
import { RequestRecord } from './model';
import { RequestNotifier } from './notifier';

const REQUEST = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  spec: namespaceSpec({ purpose: 'Bills' }),
  requester: 'user:default/alice',
  state: 'Denied',
  steps: [{ state: 'Denied', at: '', by: '', reason: 'Ask for less' }],
  verdict: { approvers: ['user:default/olga'] },
} as unknown as RequestRecord;

const CATALOG = catalogServiceMock({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'alice' },
      spec: { profile: { displayName: 'Alice Moreau' } },
    },
  ],
});

function notifierWith({
  send,
  catalog = CATALOG,
  logger = mockServices.logger.mock(),
}: {
  send: NotificationService['send'];
  catalog?: Pick<typeof CATALOG, 'getEntityByRef'>;
  logger?: ReturnType<typeof mockServices.logger.mock>;
}) {
  return new RequestNotifier({
    auth: mockServices.auth(),
    catalog,
    logger,
    notifications: { send },
  });
}

const settled = () => new Promise(resolve => setImmediate(resolve));

describe('RequestNotifier', () => {
  it.each([
    ['rejects', async () => Promise.reject(new Error('404'))],
    [
      'throws',
      () => {
        throw new Error('404');
      },
    ],
  ])('continues when sending %s, and logs that once', async (_, send) => {
    const logger = mockServices.logger.mock();
    const notifier = notifierWith({ logger, send });
    notifier.submitted(REQUEST);
    notifier.decided(REQUEST);
    notifier.decided(REQUEST);
    await settled();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'A notification of a request could not be sent: 404. More of these are not logged',
    );
  });

  it('notifies no one if no one decides', async () => {
    const send = jest.fn();
    const notifier = notifierWith({ send });
    notifier.submitted({ ...REQUEST, verdict: undefined });
    await settled();
    expect(send).not.toHaveBeenCalled();
  });

  it('names the requester like the portal does, also while the catalog does not answer', async () => {
    const titles = async (catalog = CATALOG) => {
      const sent: string[] = [];
      const send = async ({ payload }: { payload: { title: string } }) => {
        sent.push(payload.title);
      };
      notifierWith({ send, catalog }).submitted(REQUEST);
      await settled();
      return sent;
    };
    expect(await titles()).toEqual([
      'Alice Moreau requests the namespace billing on prod',
    ]);
    const down = catalogServiceMock.mock({
      getEntityByRef: async () => Promise.reject(new Error('503')),
    });
    expect(await titles(down as unknown as typeof CATALOG)).toEqual([
      'alice requests the namespace billing on prod',
    ]);
  });

  it.each([
    ['Failed', 'high'],
    ['Denied', 'high'],
    ['Ready', 'normal'],
  ] as const)('of %s is of severity %s', async (state, severity) => {
    const send = jest.fn(async () => {});
    notifierWith({ send }).decided({ ...REQUEST, state });
    await settled();
    expect(send).toHaveBeenCalledWith(
      expect.objectContaining({
        payload: expect.objectContaining({ severity }),
      }),
    );
  });

  it('contains nothing that could be a token', async () => {
    const send = jest.fn(async () => {});
    const notifier = notifierWith({ send });
    const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
    notifier.submitted({
      ...REQUEST,
      spec: namespaceSpec({ purpose: `My token is ${token}` }),
    });
    await settled();
    expect(JSON.stringify(send.mock.calls)).not.toContain('eyJ');
  });
});
