import { useCallback, useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { useParams } from 'react-router-dom';
import { objectRouteRef } from '../routes';

/** Stands for the namespace of objects of the whole cluster. */
const NO_NAMESPACE = '_';

/** Returns a function that makes the link to the page of an object. */
export function useObjectHref(): (address: ObjectAddress) => string {
  const route = useRouteRef(objectRouteRef);
  return useCallback(
    ({ cluster, group, plural, namespace = NO_NAMESPACE, name }) =>
      route({ name: cluster, group, plural, namespace, object: name }),
    [route],
  );
}

/** Returns the object of the open page, the same between renders. */
export function useObjectAddress(): ObjectAddress {
  const {
    name: cluster = '',
    group = '',
    plural = '',
    namespace = NO_NAMESPACE,
    object: name = '',
  } = useParams();
  return useMemo(
    () => ({
      cluster,
      group,
      plural,
      ...(namespace !== NO_NAMESPACE && { namespace }),
      name,
    }),
    [cluster, group, plural, namespace, name],
  );
}
