import { useEffect, useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';

const FEEDBACK = 2_000;

/** Copies texts; `outcome` tells for a moment how it went. */
export function useCopy() {
  const [{ error }, copyToClipboard] = useCopyToClipboard();
  const [recent, setRecent] = useState(0);

  useEffect(() => {
    if (!recent) {
      return undefined;
    }
    const timer = setTimeout(() => setRecent(0), FEEDBACK);
    return () => clearTimeout(timer);
  }, [recent]);

  const failure = error ? ('copyFailed' as const) : ('copied' as const);
  return {
    outcome: recent ? failure : undefined,
    copy: (text: string) => {
      copyToClipboard(text);
      setRecent(count => count + 1);
    },
  };
}
