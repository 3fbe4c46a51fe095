import { freePort, ManagedProcess } from '@berth/control-plane';
import { join } from 'node:path';
import { eventually } from '../portal/eventually';
import { ROOT } from '../root';

const START_DEADLINE_MS = 300_000;
/** Longer than the time after which `npm start` kills its own processes. */
const STOP_DEADLINE_MS = 30_000;

/** The dev portal as `npm start` starts it, on separate ports. */
export class DevPortal {
  readonly url: string;
  readonly backendUrl: string;
  readonly #process: ManagedProcess;

  private constructor(
    url: string,
    backendUrl: string,
    process: ManagedProcess,
  ) {
    this.url = url;
    this.backendUrl = backendUrl;
    this.#process = process;
  }

  /** @param app - whether the dev server builds the app, or the app is served as built before, which loads faster */
  static async start(app: 'dev' | 'built' = 'dev'): Promise<DevPortal> {
    const [port, backendPort] = [await freePort(), await freePort()];
    const child = ManagedProcess.start(
      process.execPath,
      [
        join(ROOT, 'scripts', 'start.mjs'),
        ...['--port', `${port}`, '--backend-port', `${backendPort}`],
        ...(app === 'built' ? ['--built'] : []),
      ],
      { cwd: ROOT, env: environment() },
    );
    const portal = new DevPortal(
      `http://localhost:${port}`,
      `http://localhost:${backendPort}`,
      child,
    );
    try {
      await eventually(
        'npm start says that it is ready',
        async () => {
          child.assertRunning();
          return child.output.includes(`Berth is ready:  ${portal.url}`);
        },
        START_DEADLINE_MS,
      );
    } catch (error) {
      await portal.stop();
      throw new Error(`npm start wrote:\n${child.output}`, { cause: error });
    }
    return portal;
  }

  /** The last output of the portal. */
  get log(): string {
    return this.#process.output;
  }

  async stop(): Promise<void> {
    await this.#process.stop(STOP_DEADLINE_MS);
  }
}

/** Returns the environment without Jest's own settings. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_ENV, NODE_OPTIONS, JEST_WORKER_ID, ...rest } = process.env;
  return rest as NodeJS.ProcessEnv;
}
