import { KeySummary } from '../issuer/keys/types';

const HEADER = ['KID', 'STATE', 'ALGORITHM', 'CREATED', 'SIGNS FROM'];

/** Formats the keys as a table for people. */
export function keyTable(keys: KeySummary[]): string {
  const rows = keys.map(key => [
    key.kid,
    key.state,
    key.algorithm,
    time(key.createdAt),
    key.activatesAt ? time(key.activatesAt) : 'standby',
  ]);
  const widths = HEADER.map((_, column) =>
    Math.max(...[HEADER, ...rows].map(row => row[column].length)),
  );
  return [HEADER, ...rows]
    .map(row => row.map((cell, column) => cell.padEnd(widths[column])))
    .map(row => `${row.join('  ').trimEnd()}\n`)
    .join('');
}

function time(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
