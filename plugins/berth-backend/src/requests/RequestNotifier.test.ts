import { mockServices } from '@backstage/backend-test-utils';
import { namespaceAsk } from './__testUtils__/portal';
import { RequestNotifier } from './RequestNotifier';
import { RequestRecord } from './types';

const REQUEST = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ask: namespaceAsk({ purpose: 'Bills' }),
  requester: 'user:default/alice',
  state: 'Denied',
  steps: [{ state: 'Denied', at: '', by: '', reason: 'Ask for less' }],
  verdict: { approvers: ['user:default/olga'] },
} as unknown as RequestRecord;

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
  ])('goes on where sending %s, and says so once', async (_, send) => {
    const logger = mockServices.logger.mock();
    const notifier = new RequestNotifier({ logger, notifications: { send } });
    notifier.submitted(REQUEST);
    notifier.told(REQUEST);
    notifier.told(REQUEST);
    await settled();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'A notification of a request could not be sent: 404. More of these are not logged',
    );
  });

  it('tells nobody where nobody decides', async () => {
    const send = jest.fn();
    const notifier = new RequestNotifier({
      logger: mockServices.logger.mock(),
      notifications: { send },
    });
    notifier.submitted({ ...REQUEST, verdict: undefined });
    await settled();
    expect(send).not.toHaveBeenCalled();
  });

  it('says nothing that could be a token', async () => {
    const send = jest.fn(async () => {});
    const notifier = new RequestNotifier({
      logger: mockServices.logger.mock(),
      notifications: { send },
    });
    const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
    notifier.submitted({
      ...REQUEST,
      ask: namespaceAsk({ purpose: `My token is ${token}` }),
    });
    await settled();
    expect(JSON.stringify(send.mock.calls)).not.toContain('eyJ');
  });
});
