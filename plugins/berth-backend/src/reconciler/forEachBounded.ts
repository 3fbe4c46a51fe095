import pLimit from 'p-limit';

/**
 * Processes items, some at a time. After a failure no further item begins; when those under way have ended,
 * the failure is thrown.
 */
export async function forEachBounded<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const limit = pLimit(concurrency);
  let failed = false;
  const results = await Promise.allSettled(
    items.map(item =>
      limit(async () => {
        if (failed) {
          return;
        }
        try {
          await work(item);
        } catch (error) {
          failed = true;
          throw error;
        }
      }),
    ),
  );
  const failure = results.find(result => result.status === 'rejected');
  if (failure) {
    throw failure.reason;
  }
}
