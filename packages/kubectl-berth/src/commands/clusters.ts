import { choosePortal, signedInDevice } from '../device/knownPortals';
import { fetchClusters } from '../device/fetchClusters';
import { printable } from '../http/connectionProblem';
import { Command } from './types';

export const clusters: Command = {
  help: `Usage: kubectl berth clusters [PORTAL]

Lists the clusters that are shared with you, and your namespaces in them.

  PORTAL         address of the portal; the one that you are signed in to by default
  --output json  print JSON
`,
  positionals: 1,
  options: { output: { type: 'string', short: 'o' } },
  async run({ output }, [named]) {
    const device = signedInDevice(choosePortal(named, 'clusters'));
    const { items } = await fetchClusters(device);
    if (output === 'json') {
      process.stdout.write(`${JSON.stringify({ items }, undefined, 2)}\n`);
      return;
    }
    const rows = items.map(({ name, via, server, namespaces }) => [
      name,
      via === 'portal' ? 'through the portal' : 'direct',
      server,
      namespaces.join(', '),
    ]);
    process.stdout.write(
      table([['NAME', 'CONNECTION', 'SERVER', 'NAMESPACES'], ...rows]),
    );
  },
};

function table(rows: string[][]): string {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(row =>
      row
        .map((cell, column) => printable(cell).padEnd(widths[column]))
        .join('   ')
        .trimEnd(),
    )
    .map(line => `${line}\n`)
    .join('');
}
