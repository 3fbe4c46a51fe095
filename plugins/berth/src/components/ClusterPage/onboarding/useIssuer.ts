import { useCallback } from 'react';
import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { Polled, usePolling } from '../../../hooks';

/**
 * The issuer URL as clusters will read it: from the discovery document, whose `issuer` must be the same
 * as in tokens, byte for byte.
 */
export function useIssuer(): Polled<string> {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const load = useCallback(async () => {
    const base = await discoveryApi.getBaseUrl('oidc');
    const response = await fetchApi.fetch(
      `${base}/.well-known/openid-configuration`,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const { issuer }: { issuer: string } = await response.json();
    return issuer;
  }, [discoveryApi, fetchApi]);
  return usePolling(load, () => undefined);
}
