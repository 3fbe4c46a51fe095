import { Program } from './execUser';

/**
 * Returns how a kubeconfig runs this program: by the launcher of the portal's installer, which names itself, or by
 * Node and the script, so that the Node of another folder or no Node on the PATH makes no difference. Windows starts a
 * launcher through another process, so that this program would not know its kubectl.
 */
export function thisProgram(
  env = process.env,
  [, script] = process.argv,
): Program {
  const launcher = env.KUBECTL_BERTH_LAUNCHER;
  return launcher && process.platform !== 'win32'
    ? { command: launcher, args: [] }
    : { command: process.execPath, args: [script] };
}
