import { ClusterKind } from '../kinds/discovery';
import { isTooLarge, ListCalls } from './ListCalls';
import { ListPosition } from './listCursor';
import { TablePage } from './parseTable';
import { RowWriter } from './RowWriter';

const FIRST_PAGE = 100;
const PAGE = 500;
const SMALLEST_PAGE = 10;
const MAX_PAGE_BYTES = 8 * 1024 * 1024;

/**
 * Lists all objects of a kind on a cluster, in pages. The first page is small, so that rows appear soon.
 *
 * @param begin - the continue token of the API server
 * @returns where the list continues, if there are too many rows
 */
export async function listWholeCluster(
  calls: ListCalls,
  rows: RowWriter,
  kind: ClusterKind,
  begin: string | undefined,
): Promise<ListPosition | undefined> {
  const room = rows.remaining;
  let size = begin === undefined ? FIRST_PAGE : PAGE;
  let most = PAGE;
  let token = begin;
  for (let pages = 0; ; ) {
    const limit = Math.min(size, most, rows.remaining);
    let page: TablePage;
    try {
      page = await calls.selected({
        kind,
        query: {
          limit: String(limit),
          continue: token,
          includeObject: 'Metadata',
        },
        maxBytes: MAX_PAGE_BYTES,
      });
    } catch (error) {
      if (isTooLarge(error) && limit > SMALLEST_PAGE) {
        most = Math.max(Math.floor(limit / 4), SMALLEST_PAGE);
        continue;
      }
      throw error;
    }
    const left = await rows.add(page);
    if (left > 0) {
      throw calls.tooMany(kind, room);
    }
    if (page.continueToken === undefined) {
      return undefined;
    }
    calls.assertGoesOn(page.continueToken, token, ++pages);
    token = page.continueToken;
    if (rows.remaining === 0) {
      return { token };
    }
    size = PAGE;
  }
}
