import { dirname, delimiter } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { buildKubectlBerth } from './kubectlBerth.mjs';
import { provideNode22 } from './node22.mjs';
import { say } from './progress.mjs';

/**
 * Prepares the checkout: Node 22, dependencies, native parts, the kubectl plugin. Quick when this is done
 * already, and safe to interrupt at any time.
 *
 * @returns {Promise<{node: string, env: NodeJS.ProcessEnv}>} Node 22 and the environment for the
 * commands that run under it
 */
export async function setUp() {
  const { node, version, directory } = await provideNode22();
  say(`Node ${version}`);
  const env = {
    ...process.env,
    PATH: [dirname(node), process.env.PATH].join(delimiter),
    // The user's npm settings can name the headers of another Node.
    npm_config_nodedir: directory,
  };
  await ensureInstalled({ node, version, env });
  await buildKubectlBerth({ node, env });
  return { node, env };
}
