import { TestApiProvider } from '@backstage/test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { QueryProvider } from './QueryProvider';
import { PolledQuery, usePolled } from './usePolled';

const INTERVAL = 1_000;
/** Milliseconds until the next poll is answered and shown. */
const NEXT_ANSWER = INTERVAL + 20;

const signals: { changed: () => void; unsubscribe: jest.Mock } = {
  changed: () => {},
  unsubscribe: jest.fn(),
};
const signalApi: SignalApi = {
  subscribe: (_, onMessage) => {
    signals.changed = () => onMessage({} as never);
    return { unsubscribe: signals.unsubscribe };
  },
};

function WithoutSignals({ children }: PropsWithChildren<{}>) {
  return (
    <TestApiProvider apis={[]}>
      <QueryProvider>{children}</QueryProvider>
    </TestApiProvider>
  );
}

function WithSignals({ children }: PropsWithChildren<{}>) {
  return (
    <TestApiProvider apis={[[signalApiRef, signalApi]]}>
      <QueryProvider>{children}</QueryProvider>
    </TestApiProvider>
  );
}

function poll<T>(
  load: () => Promise<T>,
  every?: PolledQuery<T>['every'],
  wrapper = WithoutSignals,
) {
  return renderHook(() => usePolled({ key: ['value'], load, every }), {
    wrapper,
  });
}

describe('usePolled', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    act(() => setHidden(false));
  });

  function setHidden(hidden: boolean) {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      value: hidden ? 'hidden' : 'visible',
    });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }

  const pass = (milliseconds: number) =>
    act(() => jest.advanceTimersByTimeAsync(milliseconds));

  it('fetches at once and again after each interval', async () => {
    let number = 0;
    const load = jest.fn(async () => ++number);
    const { result } = poll(load, INTERVAL);
    expect(result.current.value).toBeUndefined();

    await pass(0);
    expect(result.current.value).toBe(1);
    await pass(NEXT_ANSWER);
    expect(result.current.value).toBe(2);
    await pass(NEXT_ANSWER);
    expect(result.current.value).toBe(3);
  });

  it('keeps the last value while attempts fail, and recovers', async () => {
    const load = jest
      .fn<Promise<string>, []>()
      .mockResolvedValueOnce('first')
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue('second');
    const { result } = poll(load, INTERVAL);

    await pass(0);
    await pass(NEXT_ANSWER);
    expect(result.current.value).toBe('first');
    expect(result.current.error).toEqual(new Error('away'));
    await pass(NEXT_ANSWER);
    expect(result.current.value).toBe('second');
    expect(result.current.error).toBeUndefined();
  });

  it('polls faster as soon as the value requires it', async () => {
    const load = jest
      .fn<Promise<string>, []>()
      .mockResolvedValueOnce('settled')
      .mockResolvedValue('pending');
    const { result } = poll(load, value =>
      value === 'pending' ? 10 : undefined,
    );
    await pass(100_000);
    expect(load).toHaveBeenCalledTimes(1);

    await act(() => result.current.refresh());
    await pass(10);
    await pass(10);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('rests while the tab is hidden and fetches when it is shown again', async () => {
    const load = jest.fn(async () => 'value');
    poll(load, INTERVAL);
    await pass(0);

    act(() => setHidden(true));
    await pass(10 * INTERVAL);
    expect(load).toHaveBeenCalledTimes(1);

    act(() => setHidden(false));
    await pass(0);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('drops the answer of an attempt that is no longer the latest', async () => {
    const answers: ((value: string) => void)[] = [];
    const load = jest.fn(
      () => new Promise<string>(resolve => answers.push(resolve)),
    );
    const { result } = poll(load);
    await act(async () => answers[0]('first'));
    await pass(0);
    act(() => {
      result.current.refresh();
    });
    act(() => {
      result.current.refresh();
    });
    await act(async () => answers[2]('new'));
    await act(async () => answers[1]('old'));
    await pass(0);
    expect(result.current.value).toBe('new');
  });

  it('starts without a value for another key', async () => {
    const { result, rerender } = renderHook(
      ({ name }) =>
        usePolled({
          key: [name],
          load: () =>
            name === 'one'
              ? Promise.resolve(name)
              : new Promise<string>(() => {}),
        }),
      { initialProps: { name: 'one' }, wrapper: WithoutSignals },
    );
    await pass(0);
    expect(result.current.value).toBe('one');
    rerender({ name: 'two' });
    expect(result.current.value).toBeUndefined();
  });

  it('keeps the error while the first value is fetched again', async () => {
    const load = jest.fn(
      (): Promise<string> =>
        load.mock.calls.length === 1
          ? Promise.reject(new Error('away'))
          : new Promise(() => {}),
    );
    const { result } = poll(load, INTERVAL);
    await pass(0);
    expect(result.current.error).toEqual(new Error('away'));
    await pass(NEXT_ANSWER);
    expect(load).toHaveBeenCalledTimes(2);
    expect(result.current.error).toEqual(new Error('away'));
  });

  it('fetches once for all components with the same key', async () => {
    const load = jest.fn(async () => 'value');
    const { result } = renderHook(
      () => [
        usePolled({ key: ['value'], load }),
        usePolled({ key: ['value'], load, every: INTERVAL }),
      ],
      { wrapper: WithoutSignals },
    );
    await pass(0);
    expect(result.current.map(({ value }) => value)).toEqual([
      'value',
      'value',
    ]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps the parts that did not change', async () => {
    let number = 0;
    const load = async () => ({ items: [{ a: 1 }, { b: ++number }] });
    const { result } = poll(load, INTERVAL);
    await pass(0);
    const [first] = result.current.value!.items;
    await pass(NEXT_ANSWER);
    expect(result.current.value!.items[1]).toEqual({ b: 2 });
    expect(result.current.value!.items[0]).toBe(first);
  });

  it('stops when it is no longer shown', async () => {
    const load = jest.fn(async () => 'value');
    const { unmount } = poll(load, INTERVAL);
    await pass(0);
    unmount();
    await pass(10 * INTERVAL);
    expect(load).toHaveBeenCalledTimes(1);
  });

  describe('with signals', () => {
    const render = (load: () => Promise<unknown>, every?: number) =>
      poll(load, every, WithSignals);

    it('fetches soon after a change, and not more often than every 3 s', async () => {
      const load = jest.fn(async () => 'value');
      const { unmount } = render(load, 60_000);
      await pass(10_000);
      expect(load).toHaveBeenCalledTimes(1);
      act(() => signals.changed());
      await pass(500);
      expect(load).toHaveBeenCalledTimes(2);

      act(() => signals.changed());
      await pass(1_000);
      act(() => signals.changed());
      await pass(1_000);
      expect(load).toHaveBeenCalledTimes(2);
      await pass(1_500);
      expect(load).toHaveBeenCalledTimes(3);
      await pass(50_000);
      expect(load).toHaveBeenCalledTimes(3);
      unmount();
      expect(signals.unsubscribe).toHaveBeenCalled();
    });

    it('does not repeat a single fetch', async () => {
      const load = jest.fn(async () => 'value');
      render(load);
      await pass(10_000);
      act(() => signals.changed());
      await pass(10_000);
      expect(load).toHaveBeenCalledTimes(1);
    });

    it('fetches a change only when the page is visible', async () => {
      const load = jest.fn(async () => 'value');
      render(load, 60_000);
      await pass(10_000);
      act(() => setHidden(true));
      act(() => signals.changed());
      await pass(10_000);
      expect(load).toHaveBeenCalledTimes(1);
      act(() => setHidden(false));
      await pass(500);
      expect(load).toHaveBeenCalledTimes(2);
    });
  });
});
