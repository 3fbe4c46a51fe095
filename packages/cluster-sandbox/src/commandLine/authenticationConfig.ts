import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { parse } from 'yaml';
import { SandboxIssuer } from '../SandboxCluster';

const POLL_MS = 500;

/**
 * Reads the issuer from an AuthenticationConfiguration, as kube-apiserver reads it from the file of
 * `--authentication-config`. The sandbox has one issuer and one audience and maps the claims `sub` and `groups`
 * unchanged, and ignores everything else in the file.
 *
 * @throws Error naming the missing field
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 */
export function parseAuthenticationConfig(text: string): SandboxIssuer {
  const config = parse(text);
  if (config?.kind !== 'AuthenticationConfiguration') {
    throw new Error('it is not an AuthenticationConfiguration');
  }
  const [jwt] = config.jwt ?? [];
  const { url, audiences, certificateAuthority } = jwt?.issuer ?? {};
  if (typeof url !== 'string' || typeof audiences?.[0] !== 'string') {
    throw new Error('jwt[0].issuer needs a url and audiences');
  }
  return {
    url,
    audience: audiences[0],
    ...(certificateAuthority && { caPem: String(certificateAuthority) }),
  };
}

/**
 * Applies the issuer of the file to a cluster, immediately if the file exists and after each change, like
 * kube-apiserver.
 *
 * @param report - receives a line about each read
 * @returns a function that stops following the file
 */
export function followAuthenticationConfig(
  file: string,
  cluster: { setIssuer(issuer: SandboxIssuer): void },
  report: (line: string) => void,
): () => void {
  const read = async () => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      report(`waiting for ${file}`);
      return;
    }
    try {
      const issuer = parseAuthenticationConfig(text);
      cluster.setIssuer(issuer);
      report(`trusts the issuer ${issuer.url} of ${file}`);
    } catch (error) {
      report(`${file} has no effect: ${(error as Error).message}`);
    }
  };
  watchFile(file, { interval: POLL_MS }, read);
  read();
  return () => unwatchFile(file, read);
}
