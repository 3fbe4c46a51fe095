import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ControlPlane } from './ControlPlane';
import { TemporaryDirectory } from './TemporaryDirectory';

/** A request as admission gets it. Without a subresource, `resource`, `name` and `namespace` come from the object. */
export interface AdmissionCase {
  operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  object?: object;
  oldObject?: object;
  /** With its subresource, such as `pods/ephemeralcontainers`. */
  resource?: string;
  name?: string;
  namespace?: string;
  /** The namespace of the request, for this request alone. */
  namespaceObject?: object;
  userInfo?: { username: string; groups?: string[] };
}

/** The verdict of admission policies on a request. */
export interface AdmissionVerdict {
  allowed: boolean;
  message?: string;
  warnings?: string[];
  /** What became of each policy: `evaluated`, or why not. */
  policies: { policy: string; outcome: string }[];
}

interface Line extends AdmissionVerdict {
  stage?: string;
  ok?: boolean;
}

/**
 * Judges requests by ValidatingAdmissionPolicies with the admission plugin of modern Kubernetes (`vap-verify`).
 *
 * @param objects - policies, bindings and namespaces
 * @param options - `celVersion`: compile as Kubernetes of this version does, such as `1.30`
 * @throws Error with Kubernetes' own words if an object is invalid or an expression does not compile
 */
export async function judgeAdmission(
  objects: object[],
  cases: AdmissionCase[],
  options: { celVersion?: string } = {},
): Promise<AdmissionVerdict[]> {
  const directory = await TemporaryDirectory.create('vap-verify-');
  try {
    const file = join(directory.path, 'objects.json');
    await writeFile(
      file,
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );
    const child = spawn(join(ControlPlane.assets() ?? '', 'vap-verify'), [
      ...(options.celVersion ? ['-cel-version', options.celVersion] : []),
      '-f',
      file,
      '-',
    ]);
    child.stdin.on('error', () => {});
    child.stdin.end(cases.map(one => `${JSON.stringify(one)}\n`).join(''));
    const [output, errors] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
    ]);
    const lines: Line[] = output
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
    const verdicts = lines.filter(line => line.stage === undefined);
    if (
      lines.some(line => line.ok === false) ||
      verdicts.length !== cases.length ||
      verdicts.some(({ allowed }) => typeof allowed !== 'boolean')
    ) {
      throw new Error(`vap-verify: ${output}${errors}`);
    }
    return verdicts;
  } finally {
    await directory.remove();
  }
}
