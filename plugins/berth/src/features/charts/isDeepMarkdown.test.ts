import { isDeepMarkdown } from './isDeepMarkdown';

it.each([
  ['quotes', `${'>'.repeat(3_000)} a`],
  ['lists', `${'- '.repeat(1_000)}a`],
  ['numbered lists', `${'1. '.repeat(1_000)}a`],
  [
    'lists by lines',
    Array.from({ length: 100 }, (_, at) => `${' '.repeat(2 * at)}- a`).join(
      '\n',
    ),
  ],
  ['emphasis', `${'*a **b '.repeat(1_000)}c${'** d*'.repeat(1_000)}`],
  ['brackets', '['.repeat(100_000)],
])('finds %s in each other', (_, text) => {
  expect(isDeepMarkdown(`# Title\n\n${text}\n\nThe end.`)).toBe(true);
});

it('lets a usual README through', () => {
  const rows = Array.from(
    { length: 400 },
    (_, at) =>
      `| **service.port_${at}** | [the port](#port) | \`8080\` | --- |`,
  );
  const text = [
    '# Title\n---\n----------\n- - - - -',
    '> Note\n> > Quote\n- a\n  - b\n    1. c',
    `| name | what | default | - |\n|---|---|---|---|\n${rows.join('\n')}`,
  ].join('\n\n');
  expect(isDeepMarkdown(text)).toBe(false);
});
