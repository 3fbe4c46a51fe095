import { ActivityEntry } from '@berth/plugin-berth-common';
import { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CSV_HEADER, csvLine } from './csv';

const PAGE = 500;

export type ExportFormat = 'csv' | 'jsonl';

const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', header: CSV_HEADER, line: csvLine },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    header: '',
    line: (entry: ActivityEntry) => `${JSON.stringify(entry)}\n`,
  },
};

/** Returns entries older than a given one, the latest first. */
export type NextPage = (
  limit: number,
  olderThan?: string,
) => Promise<ActivityEntry[]>;

/**
 * Sends entries as a file, page by page and no faster than the client reads. If a page cannot be read, the
 * connection breaks, so that the client does not take an incomplete file as complete.
 *
 * @param most - maximum number of entries
 */
export async function exportEntries(
  response: Response,
  format: ExportFormat,
  nextPage: NextPage,
  most: number = Infinity,
): Promise<void> {
  const { type, header, line } = FORMATS[format];
  const first = await nextPage(Math.min(PAGE, most));
  response
    .setHeader('Content-Type', type)
    .setHeader(
      'Content-Disposition',
      `attachment; filename="activity.${format}"`,
    )
    .setHeader('Cache-Control', 'no-store')
    .setHeader('X-Content-Type-Options', 'nosniff');
  const lines = Readable.from(
    (async function* write() {
      let sent = 0;
      let page = first;
      yield header;
      while (page.length > 0) {
        yield page.map(line).join('');
        sent += page.length;
        page =
          page.length < PAGE || sent >= most
            ? []
            : await nextPage(
                Math.min(PAGE, most - sent),
                page[page.length - 1].id,
              );
      }
    })(),
  );
  try {
    await pipeline(lines, response);
  } catch (error) {
    if (!response.destroyed) {
      throw error;
    }
  }
}
