import { mockServices } from '@backstage/backend-test-utils';
import { LiveSignals } from './LiveSignals';

describe('LiveSignals', () => {
  const logger = mockServices.logger.mock();
  const publish = jest.fn();
  const live = () => LiveSignals.create({ signals: { publish }, logger });

  beforeEach(() => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    publish.mockResolvedValue(undefined);
  });
  afterEach(() => jest.useRealTimers());

  it('signals at once, and combines changes in quick succession', async () => {
    const signals = live();
    signals.changed();
    expect(publish).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 100; count++) {
      signals.changed();
    }
    await jest.advanceTimersByTimeAsync(999);
    expect(publish).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(publish).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(publish).toHaveBeenCalledTimes(2);
  });

  it('does not reveal the change, because every user receives the signal', () => {
    live().changed();
    expect(publish.mock.calls).toEqual([
      [
        {
          recipients: { type: 'broadcast' },
          channel: 'berth:changed',
          message: {},
        },
      ],
    ]);
  });

  it('logs once while signals cannot be sent', async () => {
    const signals = live();
    publish.mockRejectedValue(new Error('no events'));
    for (let count = 0; count < 3; count++) {
      signals.changed();
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(publish).toHaveBeenCalledTimes(3);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
