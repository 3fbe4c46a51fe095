import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, TokenResponse } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';

/** The results of token requests for several clusters. */
export interface MintedTokens {
  tokens: { cluster: Cluster; token: TokenResponse }[];
  failed: { cluster: Cluster; error: unknown }[];
  mintedAt: Date;
}

/**
 * Requests a token for each cluster at once. They are kept in memory only.
 *
 * @param clusters - only the clusters of the first call are used
 * @returns undefined until all requests are done
 */
export function useTokens(clusters: Cluster[]): MintedTokens | undefined {
  const api = useApi(berthApiRef);
  const [asked] = useState(clusters);
  const [minted, setMinted] = useState<MintedTokens>();
  useEffect(() => {
    let current = true;
    mintAll();
    return () => {
      current = false;
    };

    async function mintAll() {
      const results = await Promise.allSettled(
        asked.map(({ name }) => api.createToken(name)),
      );
      const outcome: MintedTokens = {
        tokens: [],
        failed: [],
        mintedAt: new Date(),
      };
      for (const [index, result] of results.entries()) {
        const cluster = asked[index];
        if (result.status === 'fulfilled') {
          outcome.tokens.push({ cluster, token: result.value });
        } else {
          outcome.failed.push({ cluster, error: result.reason });
        }
      }
      if (current) {
        setMinted(outcome);
      }
    }
  }, [api, asked]);
  return minted;
}
