import { useEffect, useRef, useState } from 'react';
import { SearchField } from '@backstage/ui';
import useDebounce from 'react-use/esm/useDebounce';

/** Milliseconds without a key press, after which the search starts. */
const PAUSE = 250;

/** Searches a list when a person pauses, so that it never delays typing. */
export function ListSearch(props: {
  className?: string;
  label: string;
  value: string;
  onChange: (search: string) => void;
}) {
  const { className, label, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  // The reported value can come back after the person has typed more.
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value;
      setTyped(value);
    }
  }, [value]);
  useDebounce(
    () => {
      if (typed !== reported.current) {
        reported.current = typed;
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
