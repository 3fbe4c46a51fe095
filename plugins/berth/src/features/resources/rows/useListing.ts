import { useApi } from '@backstage/core-plugin-api';
import { ResourceListQuery } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { StreamedList, useStreamedList } from '../../../kit/listing';
import { KindAddress, kindText } from '../kinds';
import { Listing } from './collect';
import { loadListing } from './loadListing';

/** The first part of the key of every list. */
export const RESOURCES_KEY = 'resources';

/** A list of objects that is kept up to date. */
export type PolledListing = StreamedList<Listing>;

/** Lists the objects of a kind over clusters and namespaces, again while the page is visible. */
export function useListing(
  kind: KindAddress,
  query: ResourceListQuery,
): PolledListing {
  const api = useApi(berthApiRef);
  const name = kindText(kind);
  return useStreamedList<Listing>({
    key: [RESOURCES_KEY, name, query],
    section: name,
    load: load => loadListing(api, kind, query, load),
  });
}
