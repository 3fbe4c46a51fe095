import { useCallback } from 'react';
import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { useReleaseHref } from '../../../kit';

/** Returns a function that makes the link to the page of an operation. */
export function useOperationHref(): (
  address: HelmReleaseAddress,
  id: string,
) => string {
  const release = useReleaseHref();
  return useCallback(
    (address, id) => `${release(address)}/operations/${encodeURIComponent(id)}`,
    [release],
  );
}
