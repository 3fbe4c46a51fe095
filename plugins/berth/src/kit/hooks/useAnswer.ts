import { useEffect, useState } from 'react';
import useLatest from 'react-use/esm/useLatest';

/** The server's answer to a value that a person is typing. */
export interface Answer<T> {
  /** The last answer, kept while a newer one is being requested. */
  latest?: T;
  /** Why the current value has no answer. */
  error?: unknown;
  /** Whether an answer to the current value is being requested. */
  asking: boolean;
}

/**
 * Asks the server about a value after each change, once the value has not changed for a moment.
 *
 * @param value - JSON; undefined while there is nothing to ask
 * @param pause - how long the value must stay the same, in milliseconds
 */
export function useAnswer<Value, T>(
  value: Value | undefined,
  ask: (value: Value) => Promise<T>,
  pause: number,
): Answer<T> {
  const question = value && JSON.stringify(value);
  const [answer, setAnswer] = useState<{
    question?: string;
    latest?: T;
    error?: unknown;
  }>({});
  const latestAsk = useLatest(ask);

  useEffect(() => {
    if (!question) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(
      () =>
        latestAsk.current(JSON.parse(question)).then(
          latest => current && setAnswer({ question, latest }),
          error =>
            current && setAnswer(({ latest }) => ({ question, latest, error })),
        ),
      pause,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [latestAsk, pause, question]);

  if (!question) {
    return { asking: false };
  }
  const { latest, error } = answer;
  if (answer.question !== question) {
    return { latest, asking: true };
  }
  return error === undefined
    ? { latest, asking: false }
    : { error, asking: false };
}
