import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { benches } from './benches';
import {
  circumstances,
  readSection,
  replaceSection,
  section,
} from './harness/report';
import { Bench } from './harness/types';

const DOCUMENT = resolvePackagePath('benchmarks', '../../docs/benchmarks.md');

async function main(names: string[]): Promise<void> {
  const unknown = names.find(name => !benches.some(it => it.name === name));
  if (names.length === 0 || unknown !== undefined) {
    print(unknown ? `There is no bench ${unknown}. There are:` : 'Benches:');
    benches.forEach(({ name, summary }) => print(`  ${name}: ${summary}`));
    print('Run one with npm run bench -- NAME');
    process.exitCode = unknown === undefined ? 0 : 2;
    return;
  }
  for (const bench of benches.filter(({ name }) => names.includes(name))) {
    await run(bench);
  }
}

async function run(bench: Bench): Promise<void> {
  const result = await bench.run(progress);
  progress('');
  const text = section(bench, result, circumstances(new Date()));
  const before = await readFile(DOCUMENT, 'utf8');
  await writeFile(DOCUMENT, replaceSection(before, bench.name, text));
  await promisify(execFile)(process.execPath, [
    require.resolve('prettier/bin-prettier.js'),
    '--write',
    DOCUMENT,
  ]);
  print(readSection(await readFile(DOCUMENT, 'utf8'), bench.name));
  print('Written to docs/benchmarks.md');
  for (const { what, ratio, goal } of result.rows) {
    if (ratio !== undefined && goal !== undefined && ratio < goal) {
      print(`${what}: the ratio ${ratio.toFixed(2)} is below ${goal}`);
      process.exitCode = 1;
    }
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One line that is written over, where somebody looks. */
function progress(what: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[K${what}`);
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
