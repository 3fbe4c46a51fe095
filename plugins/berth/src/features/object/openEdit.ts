import { createContext, useContext, useEffect } from 'react';

/** What an edit in a dialog and the page around it know of each other. */
export interface OpenEdit {
  /** Whether the object cannot be found any more. */
  isGone: boolean;
  /** Called when the dialog opens or closes. While it is open, the page stays as it was. */
  setOpen: (isOpen: boolean) => void;
}

export const OpenEditContext = createContext<OpenEdit>({
  isGone: false,
  setOpen: () => {},
});

/**
 * Keeps the page of an object as it was while a dialog holds what a person entered.
 *
 * @returns whether the object cannot be found any more
 */
export function useOpenEdit(): boolean {
  const { isGone, setOpen } = useContext(OpenEditContext);
  useEffect(() => {
    setOpen(true);
    return () => setOpen(false);
  }, [setOpen]);
  return isGone;
}
