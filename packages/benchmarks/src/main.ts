import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { benches } from './benches';
import { readArguments } from './harness/readArguments';
import {
  circumstances,
  missed,
  readSection,
  replaceSection,
  section,
} from './harness/report';
import { Bench, Sizes } from './harness/types';

const DOCUMENT = resolvePackagePath('benchmarks', '../../docs/benchmarks.md');

async function main(argv: string[]): Promise<void> {
  const { names, sizes } = readArguments(argv);
  const unknown = names.find(name => !benches.some(it => it.name === name));
  if (names.length === 0 || unknown !== undefined) {
    print(unknown ? `There is no bench ${unknown}. Benches:` : 'Benches:');
    benches.forEach(bench => print(describe(bench)));
    print('Run one with npm run bench -- NAME');
    process.exitCode = unknown === undefined ? 0 : 2;
    return;
  }
  const chosen = benches.filter(({ name }) => names.includes(name));
  const stray = Object.keys(sizes).find(
    size => !chosen.some(bench => bench.sizes?.[size] !== undefined),
  );
  if (stray !== undefined) {
    throw new Error(`--${stray} is not a size of ${names.join(', ')}`);
  }
  for (const bench of chosen) {
    await run(bench, sizes);
  }
}

function describe({ name, summary, sizes = {} }: Bench): string {
  const defaults = Object.entries(sizes).map(([key, n]) => `--${key} ${n}`);
  return [`  ${name}: ${summary}`, ...defaults].join(' ');
}

async function run(bench: Bench, sizes: Sizes): Promise<void> {
  const result = await bench.run(progress, { ...bench.sizes, ...sizes });
  progress('');
  const text = section(bench, result, circumstances(new Date()));
  if (Object.keys(sizes).length > 0) {
    print(text);
    print('Not written to docs/benchmarks.md, because you chose the sizes');
  } else {
    print(await write(bench, text));
    print('Written to docs/benchmarks.md');
  }
  for (const complaint of missed(result.rows)) {
    print(complaint);
    process.exitCode = 1;
  }
}

async function write(bench: Bench, text: string): Promise<string> {
  const before = await readFile(DOCUMENT, 'utf8');
  await writeFile(DOCUMENT, replaceSection(before, bench.name, text));
  await promisify(execFile)(process.execPath, [
    require.resolve('prettier/bin-prettier.js'),
    '--write',
    DOCUMENT,
  ]);
  return readSection(await readFile(DOCUMENT, 'utf8'), bench.name);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Overwrites one line on a terminal. */
function progress(what: string): void {
  if (process.env.BERTH_BENCH_LOG && !process.stderr.isTTY) {
    process.stderr.write(`${what}\n`);
  }
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
