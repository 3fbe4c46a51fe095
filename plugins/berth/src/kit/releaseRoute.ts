import { useCallback } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { useParams } from 'react-router-dom';
import { releaseRouteRef } from '../routes';

/** Returns a function that makes the link to the page of a Helm release. */
export function useReleaseHref(): (address: HelmReleaseAddress) => string {
  const route = useRouteRef(releaseRouteRef);
  return useCallback(
    ({ cluster, namespace, release }) =>
      route({ name: cluster, namespace, release }),
    [route],
  );
}

/** Returns the Helm release of the open page. */
export function useReleaseAddress(): HelmReleaseAddress {
  const { name: cluster = '', namespace = '', release = '' } = useParams();
  return { cluster, namespace, release };
}
