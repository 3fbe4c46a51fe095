import { ActivityEntry } from '@berth/plugin-berth-common';

const COLUMNS: [string, (entry: ActivityEntry) => string | undefined][] = [
  ['id', entry => entry.id],
  ['at', entry => entry.at],
  ['actor', entry => entry.actor],
  ['event', entry => entry.event],
  ['outcome', entry => entry.outcome],
  ['error', entry => entry.error],
  ['cluster', entry => entry.cluster],
  ['clusterId', entry => entry.clusterId],
  ['namespace', entry => entry.namespace],
  ['groups', entry => entry.groups.join(' ')],
  ['jti', entry => entry.jti],
  ['meta', entry => entry.meta && JSON.stringify(entry.meta)],
];

/** The header line. */
export const CSV_HEADER = line(COLUMNS.map(([name]) => name));

/** Returns an entry as a line of CSV (RFC 4180). */
export function csvLine(entry: ActivityEntry): string {
  return line(COLUMNS.map(([, value]) => value(entry) ?? ''));
}

/**
 * Returns a cell that spreadsheets read as text: a text that begins like a formula gets an apostrophe before it.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  const harmless = /^[\s\p{Cc}]*[=+\-@＝＋－＠|%]/u.test(text)
    ? `'${text}`
    : text;
  return `"${harmless.replace(/"/g, '""')}"`;
}

function line(cells: string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
