import {
  FocusEvent,
  RefObject,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';

/** Follows the row with the focus in a table that draws only some of its rows. */
export function useFocusedRow(
  rows: readonly { id: string }[],
  scroller: RefObject<HTMLElement>,
): {
  /** -1 if no row has the focus. */
  index: number;
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
} {
  const [id, setId] = useState<string>();
  const index = useMemo(
    () => (id === undefined ? -1 : rows.findIndex(row => row.id === id)),
    [rows, id],
  );
  // The keyboard stays at the table when the object of the row is deleted.
  useLayoutEffect(() => {
    if (id !== undefined && index === -1) {
      setId(undefined);
      scroller.current?.focus({ preventScroll: true });
    }
  }, [id, index, scroller]);
  return {
    index,
    onFocus: ({ target }) =>
      setId(target.closest<HTMLElement>('[data-id]')?.dataset.id),
    onBlur: ({ relatedTarget, currentTarget }) => {
      if (!currentTarget.contains(relatedTarget)) {
        setId(undefined);
      }
    },
  };
}
