import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStartOptions } from './options.mjs';
import { Problem } from './Problem.mjs';

test('ports come from the command line, then the environment, then Backstage', () => {
  const env = { BERTH_PORT: '3100', BERTH_BACKEND_PORT: '7107' };

  const byDefault = readStartOptions([], {});
  assert.deepEqual([byDefault.port, byDefault.backendPort], [3000, 7007]);
  const byEnvironment = readStartOptions([], env);
  assert.deepEqual(
    [byEnvironment.port, byEnvironment.backendPort],
    [3100, 7107],
  );
  const byArgument = readStartOptions(['--port', '3200'], env);
  assert.deepEqual([byArgument.port, byArgument.backendPort], [3200, 7107]);
});

test('builds the app on each change, unless it is to be served as built before', () => {
  assert.equal(readStartOptions([], {}).built, false);
  assert.equal(readStartOptions(['--built'], {}).built, true);
});

for (const [args, message] of [
  [['--port', '0'], '--port is "0"'],
  [['--backend-port', '65536'], '--backend-port is "65536"'],
  [['--port', '30OO'], '--port is "30OO"'],
  [['--port', '7007'], 'but must differ'],
  [['--colour'], "Unknown option '--colour'"],
]) {
  test(`refuses ${args.join(' ')}`, () => {
    assert.throws(
      () => readStartOptions(args, {}),
      error => error instanceof Problem && error.message.includes(message),
    );
  });
}
