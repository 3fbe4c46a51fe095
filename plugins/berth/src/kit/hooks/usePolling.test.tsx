import { TestApiProvider } from '@backstage/test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import { LiveProvider } from './LiveContext';
import { usePolling } from './usePolling';

const INTERVAL = 1_000;

describe('usePolling', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    act(() => setHidden(false));
  });

  function setHidden(hidden: boolean) {
    Object.defineProperty(document, 'hidden', {
      configurable: true,
      value: hidden,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }

  const pass = (milliseconds: number) =>
    act(() => jest.advanceTimersByTimeAsync(milliseconds));

  it('fetches at once and again after each interval', async () => {
    let number = 0;
    const load = jest.fn(async () => ++number);
    const { result } = renderHook(() => usePolling(load, () => INTERVAL));
    expect(result.current.value).toBeUndefined();

    await pass(0);
    expect(result.current.value).toBe(1);
    await pass(INTERVAL);
    expect(result.current.value).toBe(2);
    await pass(INTERVAL);
    expect(result.current.value).toBe(3);
  });

  it('keeps the last value while attempts fail, and recovers', async () => {
    const load = jest
      .fn<Promise<string>, []>()
      .mockResolvedValueOnce('first')
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue('second');
    const { result } = renderHook(() => usePolling(load, () => INTERVAL));

    await pass(0);
    await pass(INTERVAL);
    expect(result.current.value).toBe('first');
    expect(result.current.error).toEqual(new Error('away'));
    await pass(INTERVAL);
    expect(result.current.value).toBe('second');
    expect(result.current.error).toBeUndefined();
  });

  it('asks faster as soon as the value calls for it', async () => {
    const load = jest
      .fn<Promise<string>, []>()
      .mockResolvedValueOnce('settled')
      .mockResolvedValue('pending');
    const { result } = renderHook(() =>
      usePolling(load, value => (value === 'pending' ? 10 : undefined)),
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
    renderHook(() => usePolling(load, () => INTERVAL));
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
    const { result } = renderHook(() => usePolling(load, () => undefined));
    act(() => {
      result.current.refresh();
    });
    await act(async () => answers[1]('new'));
    await act(async () => answers[0]('old'));
    expect(result.current.value).toBe('new');
  });

  it('starts from nothing when it is to fetch something else', async () => {
    const one = async () => 'one';
    const two = () => new Promise<string>(() => {});
    const { result, rerender } = renderHook(
      ({ load }) => usePolling(load, () => undefined),
      { initialProps: { load: one as () => Promise<string> } },
    );
    await pass(0);
    expect(result.current.value).toBe('one');
    rerender({ load: two });
    expect(result.current.value).toBeUndefined();
  });

  it('stops when it is no longer shown', async () => {
    const load = jest.fn(async () => 'value');
    const { unmount } = renderHook(() => usePolling(load, () => INTERVAL));
    await pass(0);
    unmount();
    await pass(10 * INTERVAL);
    expect(load).toHaveBeenCalledTimes(1);
  });

  describe('with signals', () => {
    let tell: () => void = () => {};
    const unsubscribe = jest.fn();
    const signals: SignalApi = {
      subscribe: (_, onMessage) => {
        tell = () => onMessage({} as never);
        return { unsubscribe };
      },
    };

    function render(load: () => Promise<unknown>, interval?: number) {
      return renderHook(() => usePolling(load, () => interval), {
        wrapper: ({ children }) => (
          <TestApiProvider apis={[[signalApiRef, signals]]}>
            <LiveProvider>{children}</LiveProvider>
          </TestApiProvider>
        ),
      });
    }

    it('fetches soon after a change, and not more often than every 3 s', async () => {
      const load = jest.fn(async () => 'value');
      const { unmount } = render(load, 60_000);
      await pass(10_000);
      expect(load).toHaveBeenCalledTimes(1);
      act(() => tell());
      await pass(500);
      expect(load).toHaveBeenCalledTimes(2);

      act(() => tell());
      await pass(1_000);
      act(() => tell());
      await pass(1_000);
      expect(load).toHaveBeenCalledTimes(2);
      await pass(1_500);
      expect(load).toHaveBeenCalledTimes(3);
      await pass(50_000);
      expect(load).toHaveBeenCalledTimes(3);
      unmount();
      expect(unsubscribe).toHaveBeenCalled();
    });

    it('does not fetch again what is fetched once', async () => {
      const load = jest.fn(async () => 'value');
      render(load);
      await pass(10_000);
      act(() => tell());
      await pass(10_000);
      expect(load).toHaveBeenCalledTimes(1);
    });

    it('fetches a change only when the page is visible', async () => {
      const load = jest.fn(async () => 'value');
      render(load, 60_000);
      await pass(10_000);
      act(() => setHidden(true));
      act(() => tell());
      await pass(10_000);
      expect(load).toHaveBeenCalledTimes(1);
      act(() => setHidden(false));
      await pass(500);
      expect(load).toHaveBeenCalledTimes(2);
    });
  });
});
