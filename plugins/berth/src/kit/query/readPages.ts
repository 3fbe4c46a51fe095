import { Page } from '@berth/plugin-berth-common';

/** Reads pages of a list, from the first one on, until the list ends or `most` items are read. */
export async function readPages<Item>(
  most: number,
  load: (page: { cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const page = await load(next === undefined ? {} : { cursor: next });
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined && items.length < most);
  return items.slice(0, most);
}
