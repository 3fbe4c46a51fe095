import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress, RevealedSecret } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useAbilities } from '../../../kit';

/**
 * Returns a function that reveals one key of a Secret. The value goes to the caller only: it is not a query, because the
 * values of queries are kept outside the component.
 */
export function useReveal(
  address: ObjectAddress,
  key: string,
): {
  /** Resolves to undefined after a failure. */
  reveal: () => Promise<RevealedSecret['values'][string] | undefined>;
  isPending: boolean;
  failure?: unknown;
  disabledReason?: string;
} {
  const api = useApi(berthApiRef);
  const can = useAbilities(address.cluster, address.namespace);
  const { allowed, reason } = can('get', {
    group: 'core',
    plural: 'secrets',
    name: address.name,
  });
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  return {
    reveal: async () => {
      setPending(true);
      setFailure(undefined);
      try {
        return (await api.revealSecret(address, [key])).values[key];
      } catch (error) {
        setFailure(error);
        return undefined;
      } finally {
        setPending(false);
      }
    },
    isPending,
    failure,
    disabledReason: allowed ? undefined : reason,
  };
}
