import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { ControlPlane } from './ControlPlane';
import { TemporaryDirectory } from './TemporaryDirectory';

/** The verdict of modern Kubernetes on a token. */
export interface Verdict {
  ok: boolean;
  username?: string;
  groups?: string[];
  error?: string;
}

interface Line extends Verdict {
  stage?: string;
}

/**
 * The authenticator of modern Kubernetes (`oidc-verify`) with an AuthenticationConfiguration. It runs until it
 * is stopped, so that tests see how it caches keys and reads them again.
 */
export class KubernetesAuthenticator {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #directory: TemporaryDirectory;
  readonly #waiting: ((line: Line) => void)[] = [];
  #errors = '';
  #end?: Line;

  private constructor(
    child: ChildProcessWithoutNullStreams,
    directory: TemporaryDirectory,
  ) {
    this.#child = child;
    this.#directory = directory;
    createInterface(child.stdout).on('line', text => {
      const line: Line = JSON.parse(text);
      const isStep = line.ok && line.stage === 'validate';
      if (!isStep) {
        this.#waiting.shift()?.(line);
      }
    });
    child.stderr.on('data', data => {
      this.#errors += data;
    });
    child.stdin.on('error', () => {});
    const end = (why: string) => {
      this.#end = { ok: false, stage: 'end', error: `${why} ${this.#errors}` };
      this.#waiting.splice(0).forEach(answer => answer(this.#end!));
    };
    child.on('error', error => end(error.message));
    child.on('close', code => end(`it ended with ${code}`));
  }

  /**
   * Reads the configuration, and the issuer's discovery document and keys.
   *
   * @param configuration - the AuthenticationConfiguration, an object or YAML
   * @param caPem - the CA of the issuer
   * @throws Error with Kubernetes' own words if the configuration is refused or the issuer is not ready
   */
  static async start(
    configuration: object | string,
    caPem: string,
  ): Promise<KubernetesAuthenticator> {
    const directory = await TemporaryDirectory.create('oidc-verify-');
    const file = async (name: string, content: string) => {
      const path = join(directory.path, name);
      await writeFile(path, content, { mode: 0o600 });
      return path;
    };
    const config = await file(
      'authentication.yaml',
      typeof configuration === 'string'
        ? configuration
        : stringify(configuration),
    );
    const child = spawn(join(ControlPlane.assets() ?? '', 'oidc-verify'), [
      '-config',
      config,
      '-ca',
      await file('ca.pem', caPem),
      // The program ends when its input closes, and the input closes when this process ends.
      '-',
    ]);
    const authenticator = new KubernetesAuthenticator(child, directory);
    const ready = await authenticator.#answer();
    if (!ready.ok) {
      await authenticator.stop();
      throw new Error(`oidc-verify: ${ready.stage}: ${ready.error}`);
    }
    return authenticator;
  }

  /** Authenticates one token. Whitespace around the token is ignored. */
  async verify(token: string): Promise<Verdict> {
    if (token.trim() === '' || /^\s*#|[\r\n]/.test(token)) {
      throw new Error('A token for oidc-verify must be one line of text');
    }
    const answer = this.#answer();
    this.#child.stdin.write(`${token}\n`);
    const { stage, ...verdict } = await answer;
    if (stage !== undefined) {
      throw new Error(`oidc-verify: ${stage}: ${verdict.error}`);
    }
    return verdict;
  }

  async stop(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      const closed = once(this.#child, 'close');
      this.#child.kill('SIGKILL');
      await closed;
    }
    await this.#directory.remove();
  }

  /** Answers come in the order of the requests. */
  #answer(): Promise<Line> {
    return new Promise(resolve => {
      if (this.#end) {
        resolve(this.#end);
      } else {
        this.#waiting.push(resolve);
      }
    });
  }
}
