import { join } from 'node:path';
import { start } from './commands.mjs';
import { nodeTransform, root } from './paths.mjs';
import { complain } from './progress.mjs';

const PROVIDE = `require('@berth/kube-binaries').currentHelm().then(file => console.log('helm ' + (file ?? '')))`;

/**
 * Unpacks helm for the portal, which takes a second once.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} the setting by which the backend finds it; empty on a computer that it is not
 * built for, where the portal shows releases only
 */
export async function provideHelm({ node, env }) {
  let file = '';
  const { ended, tail } = start(
    node,
    ['--require', nodeTransform, '--eval', PROVIDE],
    {
      env,
      cwd: join(root, 'packages', 'backend'),
      onLine: line => {
        if (line.startsWith('helm ')) {
          file = line.slice('helm '.length);
        }
      },
    },
  );
  if ((await ended) !== 0) {
    complain(`The portal cannot change Helm releases:\n${tail()}`);
  }
  return file ? { APP_CONFIG_berth_helm_binary: JSON.stringify(file) } : {};
}
