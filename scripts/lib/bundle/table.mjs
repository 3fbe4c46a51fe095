/**
 * @typedef {{bytes: number, gzip: number}} Size
 * @typedef {{initial: Size, lazy: Size, own: Size, brought: Size, packages: Record<string, number>}} Bundle
 */

/**
 * Formats the sizes as a Markdown table.
 *
 * @param {Bundle} now
 * @param {Bundle & {revision: string}} [before]
 */
export function bundleTable(now, before) {
  const columns = [
    ['now', now],
    ...(before ? [[`at ${before.revision}`, before]] : []),
  ];
  const rows = [
    ['own code', ({ own }) => own],
    ['what only Berth brings', ({ brought }) => brought],
    ['total', total],
    ['of it, loaded with the app', ({ initial }) => initial],
    ['of it, loaded with a page', ({ lazy }) => lazy],
  ].map(([what, sizeOf]) => {
    const sizes = columns.map(([, bundle]) => sizeOf(bundle));
    return [
      what,
      ...sizes.flatMap(({ bytes, gzip }) => [
        kilobytes(bytes),
        kilobytes(gzip),
      ]),
      ...(before ? [ratio(sizes[0].gzip, sizes[1].gzip)] : []),
    ];
  });
  const head = [
    'KB',
    ...columns.flatMap(([when]) => [`minified ${when}`, `gzip ${when}`]),
    ...(before ? ['ratio of gzip'] : []),
  ];
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map(row => `| ${row.join(' | ')} |`),
    ...columns.map(
      ([when, bundle]) => `\nOnly Berth brings, ${when}: ${named(bundle)}`,
    ),
  ].join('\n');
}

function total({ own, brought }) {
  return { bytes: own.bytes + brought.bytes, gzip: own.gzip + brought.gzip };
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}

function ratio(after, before) {
  return before === 0 ? '–' : (after / before).toFixed(3);
}

function named({ packages }) {
  const names = Object.entries(packages).sort(([, a], [, b]) => b - a);
  return names.length === 0
    ? 'nothing'
    : names
        .map(([name, bytes]) => `${name} (${kilobytes(bytes)} KB minified)`)
        .join(', ');
}
