import { useEffect, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmOperation,
  HelmOperationLines,
  HelmReleaseAddress,
  isHelmOperationLive,
} from '@berth/plugin-berth-common';
import { useQueryClient } from '@tanstack/react-query';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const INTERVAL = 1_000;

/** Loads an operation, again while it runs. */
export function useOperation(
  address: HelmReleaseAddress,
  id: string,
): Polled<HelmOperation> {
  const api = useApi(berthApiRef);
  const client = useQueryClient();
  const polled = usePolled({
    key: ['helm', 'operation', id],
    load: () => api.getHelmOperation(id),
    every: operation =>
      !operation || isHelmOperationLive(operation.state) ? INTERVAL : undefined,
  });
  const { value } = polled;
  const isLive = value !== undefined && isHelmOperationLive(value.state);
  const wasLive = useRef(false);
  useEffect(() => {
    if (wasLive.current && !isLive) {
      // What other pages know of the release is old now.
      void client.invalidateQueries({ queryKey: ['release', address] });
    }
    wasLive.current = isLive;
  }, [client, address, isLive]);
  return polled;
}

/** Loads the lines of an operation as they come. */
export function useOperationLines(id: string): Polled<HelmOperationLines> {
  const api = useApi(berthApiRef);
  return usePolled<HelmOperationLines>({
    key: ['helm', 'operation', id, 'lines'],
    load: async ({ previous }) => {
      let { items, next }: HelmOperationLines = previous ?? {
        items: [],
        next: 0,
      };
      while (next !== undefined) {
        const page: HelmOperationLines = await api.getHelmOperationLines(
          id,
          next,
        );
        items = [...items, ...page.items];
        next = page.next;
        if (page.items.length === 0) {
          break;
        }
      }
      return { items, next };
    },
    every: lines => (lines && lines.next === undefined ? undefined : INTERVAL),
    keepsParts: true,
  });
}
