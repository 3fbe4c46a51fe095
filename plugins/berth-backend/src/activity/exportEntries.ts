import { ActivityEntry } from '@berth/plugin-berth-common';
import { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PagePosition, PageRequest, PositionedPage } from '../model/paging';
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

/** Reads a page of entries. */
export type ReadEntries = (
  page: PageRequest,
) => Promise<Pick<PositionedPage<ActivityEntry>, 'items' | 'next'>>;

/**
 * Sends entries as a file, page by page and no faster than the client reads. If a page cannot be read, the
 * connection breaks, so that the client does not take an incomplete file as complete.
 *
 * @param from - where to start, and the most entries to send
 */
export async function exportEntries(
  response: Response,
  format: ExportFormat,
  read: ReadEntries,
  from: PageRequest,
): Promise<void> {
  const { type, header, line } = FORMATS[format];
  const readPart = (sent: number, position?: PagePosition) =>
    read({ limit: Math.min(PAGE, from.limit - sent), position });
  const first = await readPart(0, from.position);
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
      yield header;
      let { items, next } = first;
      let sent = items.length;
      yield items.map(line).join('');
      while (next && sent < from.limit) {
        ({ items, next } = await readPart(sent, next));
        sent += items.length;
        yield items.map(line).join('');
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
