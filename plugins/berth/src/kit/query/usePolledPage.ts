import { useRef } from 'react';
import { List } from '@berth/plugin-berth-common';
import { replaceEqualDeep } from '@tanstack/react-query';
import { Polled, PolledQuery, usePolled } from './usePolled';

/** One page of a list. */
export interface PolledPage<Item> extends Polled<List<Item>> {
  /** The page that is shown: the former one while another is loading. */
  shown?: List<Item>;
  /** Whether another page than the one that is shown is loading. */
  isStale: boolean;
}

/**
 * Fetches a page of a list repeatedly. When the key changes, the former page stays until the new one is loaded.
 *
 * @param section - the former page of another section does not stay
 */
export function usePolledPage<Item>(
  query: PolledQuery<List<Item>>,
  section = '',
): PolledPage<Item> {
  const polled = usePolled(query);
  const last = useRef<{ section: string; page: List<Item> }>();
  if (last.current?.section !== section) {
    last.current = undefined;
  }
  if (polled.value) {
    const page = replaceEqualDeep(last.current?.page, polled.value);
    last.current = { section, page };
  }
  return { ...polled, shown: last.current?.page, isStale: !polled.value };
}
