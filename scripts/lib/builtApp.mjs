import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './Problem.mjs';

/** @throws Problem if the app is not built */
export function assertAppBuilt() {
  if (!existsSync(join(root, 'packages', 'app', 'dist', 'index.html'))) {
    throw new Problem(
      '--built needs the app in packages/app/dist. Run: yarn workspace app build',
    );
  }
}

/**
 * Serves the built app at the port of the portal, where the dev server serves the app otherwise, so that app and
 * backend have two origins. The pages come from the backend, which writes the configuration into them.
 */
export async function serveBuiltApp({ port, backendPort }) {
  const server = createServer((incoming, outgoing) => {
    const { url, method, headers } = incoming;
    const forwarded = request(
      { host: 'localhost', port: backendPort, path: url, method, headers },
      answer => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
}
