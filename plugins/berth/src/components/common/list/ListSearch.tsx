import { useEffect, useRef, useState } from 'react';
import { SearchField } from '@backstage/ui';
import useDebounce from 'react-use/esm/useDebounce';

/** Milliseconds without a key after which somebody is done typing. */
const PAUSE = 250;

/** Searches a list once somebody pauses, so that typing waits for nothing. */
export function ListSearch(props: {
  className?: string;
  label: string;
  value: string;
  onChange: (search: string) => void;
}) {
  const { className, label, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  // What was told comes back when more may have been typed.
  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  useDebounce(
    () => {
      if (typed !== told.current) {
        told.current = typed;
        onChange(typed);
      }
    },
    PAUSE,
    [typed],
  );
  return (
    <SearchField
      className={className}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={setTyped}
    />
  );
}
