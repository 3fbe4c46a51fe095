import { act, renderHook } from '@testing-library/react';
import { useAnswer } from './useAnswer';

const PAUSE = 300;

describe('an answer to what a person is typing', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const pass = () => act(() => jest.advanceTimersByTimeAsync(PAUSE));

  it('is requested once the person stops typing, and stays until the next one', async () => {
    const ask = jest.fn(async (text: string) => text.toUpperCase());
    const { result, rerender } = renderHook(
      ({ text }: { text?: string }) => useAnswer(text, ask, PAUSE),
      { initialProps: { text: 'a' as string | undefined } },
    );
    rerender({ text: 'ab' });
    expect(result.current).toEqual({ asking: true });
    await pass();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(result.current).toEqual({ latest: 'AB', asking: false });

    rerender({ text: 'abc' });
    expect(result.current).toEqual({ latest: 'AB', asking: true });
    rerender({ text: undefined });
    expect(result.current).toEqual({ asking: false });
  });

  it('of an earlier value does not count', async () => {
    const answers: ((text: string) => void)[] = [];
    const ask = () => new Promise<string>(resolve => answers.push(resolve));
    const { result, rerender } = renderHook(
      ({ text }) => useAnswer(text, ask, PAUSE),
      { initialProps: { text: 'slow' } },
    );
    await pass();
    rerender({ text: 'fast' });
    await pass();
    await act(async () => answers[1]('fast answer'));
    await act(async () => answers[0]('slow answer'));
    expect(result.current).toEqual({ latest: 'fast answer', asking: false });
  });

  it('that fails is an error of the current value only', async () => {
    const ask = jest.fn().mockRejectedValueOnce(new Error('refused'));
    const { result, rerender } = renderHook(
      ({ text }) => useAnswer(text, ask, PAUSE),
      { initialProps: { text: 'bad' } },
    );
    await pass();
    expect(result.current).toEqual({
      error: new Error('refused'),
      asking: false,
    });
    rerender({ text: 'better' });
    expect(result.current).toEqual({ asking: true });
  });

  it('is shown again while the value after a failed one is checked', async () => {
    const ask = jest
      .fn()
      .mockResolvedValueOnce('GOOD')
      .mockRejectedValueOnce(new Error('refused'));
    const { result, rerender } = renderHook(
      ({ text }) => useAnswer(text, ask, PAUSE),
      { initialProps: { text: 'good' } },
    );
    await pass();
    rerender({ text: 'bad' });
    await pass();
    expect(result.current).toEqual({
      error: new Error('refused'),
      asking: false,
    });
    rerender({ text: 'better' });
    expect(result.current).toEqual({ latest: 'GOOD', asking: true });
  });
});
