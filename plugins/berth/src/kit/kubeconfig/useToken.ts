import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { TokenResponse } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';

/** A token for one cluster, requested on first use and again on demand. */
export interface MintedToken {
  token?: TokenResponse;
  error?: unknown;
  minting: boolean;
  mint: () => void;
}

/** Requests a token for the caller. It is kept in memory only. */
export function useToken(cluster: string): MintedToken {
  const api = useApi(berthApiRef);
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<Omit<MintedToken, 'mint'>>({
    minting: true,
  });

  useEffect(() => {
    let current = true;
    setResult({ minting: true });
    api.createToken(cluster).then(
      token => current && setResult({ token, minting: false }),
      error => current && setResult({ error, minting: false }),
    );
    return () => {
      current = false;
    };
  }, [api, cluster, attempt]);

  const mint = useCallback(() => setAttempt(number => number + 1), []);
  return { ...result, mint };
}
