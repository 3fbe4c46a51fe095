import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ControlPlane } from './ControlPlane';

/** What modern Kubernetes makes of a token. */
export interface Verdict {
  ok: boolean;
  username?: string;
  groups?: string[];
  error?: string;
}

/**
 * Has tokens judged by `oidc-verify`, the authenticator of modern Kubernetes, under an
 * AuthenticationConfiguration.
 *
 * @param configuration - the AuthenticationConfiguration, an object or YAML
 * @param caPem - the CA of the issuer
 * @throws Error with Kubernetes' own words if the configuration is refused or the issuer not ready
 */
export async function verifyWithKubernetes(
  configuration: object | string,
  caPem: string,
  tokens: string[],
): Promise<Verdict[]> {
  const directory = await mkdtemp(join(tmpdir(), 'oidc-verify-'));
  try {
    const file = async (name: string, content: string) => {
      const path = join(directory, name);
      await writeFile(path, content, { mode: 0o600 });
      return path;
    };
    const config = await file(
      'authentication.yaml',
      typeof configuration === 'string'
        ? configuration
        : stringify(configuration),
    );
    const lines = await run([
      '-config',
      config,
      '-ca',
      await file('ca.pem', caPem),
      `@${await file('tokens', `${tokens.join('\n')}\n`)}`,
    ]);
    const failed = lines.find(line => line.stage && !line.ok);
    if (failed) {
      throw new Error(`oidc-verify: ${failed.stage}: ${failed.error}`);
    }
    return lines.filter(line => line.token !== undefined);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Line extends Verdict {
  stage?: string;
  token?: string;
}

function run(args: string[]): Promise<Line[]> {
  const program = join(ControlPlane.assets() ?? '', 'oidc-verify');
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: 60_000 }, (error, stdout, stderr) => {
      const lines = stdout.split('\n').filter(line => line.startsWith('{'));
      if (error && lines.length === 0) {
        reject(new Error(`oidc-verify failed: ${stderr || error.message}`));
      } else {
        resolve(lines.map(line => JSON.parse(line)));
      }
    });
  });
}
