import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { assertPortsFree } from './ports.mjs';

test('names the port that is taken and proposes others', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();

  await assert.rejects(assertPortsFree({ port: 1024, backendPort: port }), {
    message: new RegExp(
      `^Port ${port} on this machine is taken.*--backend-port ${port + 100}`,
      's',
    ),
  });

  await new Promise(resolve => server.close(resolve));
  await assertPortsFree({ port, backendPort: port });
});
