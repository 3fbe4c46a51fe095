import { KubeError, PersonClient, isKubeError } from '../kube';
import { cutManagedFields } from './lists/cutManagedFields';
import { readJsonAnswer } from './readJsonAnswer';
import { isRecord } from './values';

const MAX_PAGE_BYTES = 8 * 1024 * 1024;
const PAGE = 500;
const SMALLEST_PAGE = 10;

export interface ReadPagesOptions {
  path: string;
  fieldSelector?: string;
  /** Further pages are refused. */
  maxPages: number;
  onAnswer?: () => void;
  signal: AbortSignal;
}

/**
 * Yields the whole objects of a list, page by page, without their managed fields.
 *
 * @throws KubeError, or the reason of `signal`
 */
export async function* readPages(
  client: PersonClient,
  { path, fieldSelector, maxPages, onAnswer, signal }: ReadPagesOptions,
): AsyncGenerator<unknown[]> {
  let token: string | undefined;
  let limit = PAGE;
  for (let pages = 1; ; ) {
    let answer: unknown;
    try {
      answer = await readJsonAnswer(
        client,
        {
          method: 'GET',
          path,
          query: {
            limit: String(limit),
            ...(token !== undefined && { continue: token }),
            ...(fieldSelector !== undefined && { fieldSelector }),
          },
          headers: { accept: 'application/json' },
          signal,
        },
        { maxBytes: MAX_PAGE_BYTES, edit: cutManagedFields, onAnswer },
      );
    } catch (error) {
      const tooLarge =
        isKubeError(error) && error.reason === 'ResponseTooLarge';
      if (tooLarge && limit > SMALLEST_PAGE) {
        limit = Math.max(Math.floor(limit / 4), SMALLEST_PAGE);
        continue;
      }
      throw error;
    }
    if (!isRecord(answer) || !Array.isArray(answer.items)) {
      throw new KubeError(
        'Protocol',
        `${client.server} answers with something else than a list`,
      );
    }
    yield answer.items;
    const metadata = isRecord(answer.metadata) ? answer.metadata : {};
    const next = metadata.continue;
    if (typeof next !== 'string' || next === '') {
      return;
    }
    if (next === token || pages >= maxPages) {
      throw new KubeError(
        'Protocol',
        `${client.server} does not come to an end with its list`,
        { reason: 'EndlessList' },
      );
    }
    token = next;
    pages++;
  }
}
