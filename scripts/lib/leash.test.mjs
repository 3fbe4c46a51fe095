import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const commands = join(dirname(fileURLToPath(import.meta.url)), 'commands.mjs');

/** Starts a program that starts a command that starts another one, and prints the process id of the last one. */
const PARENT = `
  import { main, start } from ${JSON.stringify(commands)};
  main(() => start(process.execPath, ['-e', \`
    const { spawn } = require('node:child_process');
    const sleeper = spawn('sleep', ['600'], { stdio: 'ignore' });
    console.log(sleeper.pid);
    setInterval(() => {}, 1000);
  \`], { env: process.env, onLine: line => console.log(line) }).ended);
`;

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT']) {
  test(`nothing outlives a parent that ends by ${signal}`, async () => {
    const parent = spawn(
      process.execPath,
      ['--input-type=module', '-e', PARENT],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [line] = await new Promise(resolve =>
      parent.stdout.once('data', (...data) => resolve(data)),
    );
    const descendant = Number(line.toString());
    assert.ok(isAlive(descendant));

    parent.kill(signal);

    const deadline = Date.now() + 15_000;
    while (isAlive(descendant) && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.ok(!isAlive(descendant));
  });
}

function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
