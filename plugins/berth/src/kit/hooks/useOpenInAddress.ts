import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import useLatest from 'react-use/esm/useLatest';

/**
 * Keeps in the address whether a dialog is open, so that a link or a reload opens it and Back closes it.
 *
 * @param name - the name of the search parameter
 */
export function useOpenInAddress(
  name: string,
): [open: boolean, setOpen: (open: boolean) => void] {
  const [parameters, setParameters] = useSearchParams();
  const latest = useLatest((open: boolean) => {
    const changed = new URLSearchParams(parameters);
    if (open) {
      changed.set(name, '');
    } else {
      changed.delete(name);
    }
    setParameters(changed, { replace: !open });
  });
  const setOpen = useCallback(
    (open: boolean) => latest.current(open),
    [latest],
  );
  return [parameters.has(name), setOpen];
}
