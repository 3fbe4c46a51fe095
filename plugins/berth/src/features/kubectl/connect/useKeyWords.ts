import { useEffect, useState } from 'react';
import {
  DeviceKey,
  keyThumbprintInput,
  keyWords,
} from '@berth/plugin-berth-common';

/** Returns the words of a key; undefined until they are computed. */
export function useKeyWords(key: DeviceKey): string[] | undefined {
  const input = keyThumbprintInput(key);
  const [words, setWords] = useState<string[]>();
  useEffect(() => {
    let current = true;
    crypto.subtle
      .digest('SHA-256', new TextEncoder().encode(input))
      .then(
        thumbprint => current && setWords(keyWords(new Uint8Array(thumbprint))),
      );
    return () => {
      current = false;
    };
  }, [input]);
  return words;
}

/** Returns whether the browser can compute words: it refuses to on pages without HTTPS. */
export function canComputeWords(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}
