import { readProxyRequest } from '../../proxy/requestRules';
import { ReleaseGuard } from './ReleaseGuard';

const SECRETS = '/api/v1/namespaces/shop/secrets';
const OWN = 'sh.helm.release.v1.web.v1';
const SELECTOR = 'labelSelector=name%3Dweb%2Cowner%3Dhelm';

jest.setTimeout(60_000);

describe('the Secrets that helm writes', () => {
  const { signal } = new AbortController();
  const asked = (method: string, url: string) =>
    readProxyRequest({ method, url }, []);
  const answer = (content: object) => ({
    ...{ status: 200, signal },
    bytes: Buffer.from(JSON.stringify(content)),
  });
  const secret = (name: string) => ({
    metadata: { name, uid: name, labels: { owner: 'helm', name: 'web' } },
    ...{ type: 'helm.sh/release.v1', data: { release: 'YQ==' } },
  });
  const listed = (...names: string[]) =>
    answer({ items: names.map(name => secret(name)) });

  it('H5 are revisions only by their names', async () => {
    const changes: string[] = [];
    const guard = new ReleaseGuard({
      ...{ namespace: 'shop', release: 'web', checked: [] },
      onChange: what => changes.push(what),
    });
    for (const name of [OWN, 'of-the-chart']) {
      await guard.look(asked('POST', SECRETS), answer(secret(name)));
    }
    const list = asked('GET', `${SECRETS}?${SELECTOR}`);
    await guard.look(list, listed(OWN));
    await expect(guard.look(list, listed(OWN, 'of-the-chart'))).rejects.toThrow(
      '"of-the-chart" in shop is new',
    );
    expect(changes).toHaveLength(1);
    guard.assertMayWrite(asked('PUT', `${SECRETS}/${OWN}`));
    expect(() =>
      guard.assertMayWrite(asked('PATCH', `${SECRETS}/of-the-chart`)),
    ).toThrow('is new');
  });
});
