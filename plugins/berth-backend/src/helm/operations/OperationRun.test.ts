import { mockServices } from '@backstage/backend-test-utils';
import { OperationRun, OperationRunOptions, STORE_MS } from './OperationRun';
import { OperationRecord, OperationStore } from './types';

const never = () => new Promise<never>(() => {});

describe('OperationRun', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => jest.useRealTimers());

  it.each(['lastSeq', 'addLines', 'end'] as const)(
    'H14 ends when the database does not answer "%s", so that the operation is taken over',
    async unanswered => {
      const store = {
        lastSeq: async () => 0,
        addLines: async () => {},
        end: async () => {},
        [unanswered]: jest.fn(never),
      };
      const run = new OperationRun(
        {
          ...{ id: 'an-operation', kind: 'upgrade', release: 'web' },
          // helm has ended, and only the objects were awaited.
          ...{ state: 'Observing', revision: 2 },
        } as OperationRecord,
        { id: 'an-operation', replica: 'a-replica', fence: 2 },
        {
          auditorOf: () => ({
            createEvent: async () => ({
              success: async () => {},
              fail: async () => {},
            }),
          }),
          logger: mockServices.logger.mock(),
          store: store as Partial<OperationStore>,
        } as unknown as OperationRunOptions,
      );
      const ended = run.recover().then(
        () => 'ended',
        error => String(error),
      );
      await jest.advanceTimersByTimeAsync(STORE_MS);
      expect(store[unanswered]).toHaveBeenCalledTimes(1);
      // The end is written also if lines are missing.
      expect(await ended).toBe(
        unanswered === 'addLines'
          ? 'ended'
          : `Error: The database did not answer in ${STORE_MS} ms`,
      );
    },
  );
});
