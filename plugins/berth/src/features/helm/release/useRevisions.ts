import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Keeps revisions in the URL.
 *
 * @param names - of the parameters of the URL
 */
export function useRevisions<Name extends string>(
  ...names: Name[]
): [
  Record<Name, number | undefined>,
  (change: Partial<Record<Name, number>>) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const chosen = Object.fromEntries(
    names.map(name => {
      const number = Number(parameters.get(name));
      return [
        name,
        Number.isInteger(number) && number > 0 ? number : undefined,
      ];
    }),
  ) as Record<Name, number | undefined>;
  const change = useCallback(
    (changed: Partial<Record<Name, number>>) =>
      setParameters(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, number] of Object.entries(changed)) {
            after.set(name, String(number));
          }
          return after;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return [chosen, change];
}
