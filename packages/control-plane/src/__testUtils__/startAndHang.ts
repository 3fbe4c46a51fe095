import { dirname } from 'node:path';
import { ControlPlane } from '../ControlPlane';

/** Starts a control plane, prints its folder and processes, and never stops it: a test kills it. */
async function startAndHang() {
  const controlPlane = await ControlPlane.start({ controllerManager: false });
  const directory = dirname(await controlPlane.adminKubeconfig());
  const { processIds } = controlPlane;
  process.stdout.write(`${JSON.stringify({ directory, processIds })}\n`);
  setInterval(() => {}, 60_000);
}

startAndHang().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
