import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  followAuthenticationConfig,
  parseAuthenticationConfig,
} from './authenticationConfig';

const CONFIG = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
  - issuer:
      url: https://portal.example.com/api/oidc
      audiences: [cluster-one]
      certificateAuthority: |
        PEM
    claimMappings:
      username: { claim: sub, prefix: '' }
`;

describe('parseAuthenticationConfig', () => {
  it('reads the issuer', () => {
    expect(parseAuthenticationConfig(CONFIG)).toEqual({
      url: 'https://portal.example.com/api/oidc',
      audience: 'cluster-one',
      caPem: 'PEM\n',
    });
  });

  it.each([
    ['', 'not an AuthenticationConfiguration'],
    ['kind: Config', 'not an AuthenticationConfiguration'],
    ['kind: AuthenticationConfiguration', 'needs a url and audiences'],
    [CONFIG.replace('[cluster-one]', '[]'), 'needs a url and audiences'],
  ])('refuses %j', (text, message) => {
    expect(() => parseAuthenticationConfig(text)).toThrow(message);
  });
});

describe('followAuthenticationConfig', () => {
  it('takes a file that is written later, and keeps the issuer if the file becomes invalid', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const file = join(folder, 'authentication.yaml');
    const setIssuer = jest.fn();
    const lines: string[] = [];
    const heard = new Map<string, () => void>();
    const untilReported = (part: string) =>
      new Promise<void>(resolve => {
        heard.set(part, resolve);
      });
    const report = (line: string) => {
      lines.push(line);
      heard.forEach((resolve, part) => line.includes(part) && resolve());
    };

    const waiting = untilReported('waiting for');
    const stop = followAuthenticationConfig(file, { setIssuer }, report);
    try {
      await waiting;
      const trusted = untilReported('trusts the issuer https://portal');
      await writeFile(file, CONFIG);
      await trusted;
      const refused = untilReported('has no effect');
      await writeFile(file, 'kind: Nonsense');
      await refused;
    } finally {
      stop();
      await rm(folder, { recursive: true });
    }
    expect(setIssuer).toHaveBeenCalledTimes(1);
    expect(setIssuer).toHaveBeenCalledWith(
      expect.objectContaining({ audience: 'cluster-one' }),
    );
  });
});
