import { currentHelm } from '@berth/kube-binaries';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { HelmVerifier } from '../runner';
import { FakeRegistry } from './__testUtils__/FakeRegistry';
import {
  ARMOURED_KEYRING,
  KEYRING,
  OTHER_KEYRING,
  PROVENANCE,
  SIGNED_ARCHIVE,
} from './__testUtils__/signedChart';
import { anArchive, chartEntries } from './__testUtils__/anArchive';
import { ArchiveCache, digestOf } from './ArchiveCache';
import { ChartFiles } from './ChartFiles';
import { createChartSources } from './chartSources';
import { readKeyring, Signatures } from './provenance';
import { RepositoryClient } from './RepositoryClient';
import { RepositorySettings } from './types';

jest.setTimeout(60_000);

describe('signatures of charts', () => {
  let server: Server;
  let port: number;
  let registry: FakeRegistry;
  /** What a repository with an index.yaml has, by path. */
  let files: Map<string, Buffer>;
  let archives: ArchiveCache;
  let verify: jest.Mock;

  const open = async (
    repository: Partial<RepositorySettings> = {},
    { version = '1.2.3', withHelm = true } = {},
  ) => {
    const chartFiles = new ChartFiles({
      archives,
      signatures: new Signatures(
        withHelm ? async () => ({ verify }) : undefined,
      ),
      sourceOf: createChartSources(
        new RepositoryClient({
          policy: AddressPolicy.create({ allow: ['127.0.0.1/32'] }),
          httpOnLoopback: true,
        }),
        1_000,
      ),
      store: {
        version: async () => ({
          url: repository.url?.startsWith('oci') ? version : 'charts/web.tgz?a',
        }),
      },
    });
    const read = async () => {
      const { digest } = await chartFiles.archive({
        repository: {
          name: 'shop',
          url: `http://127.0.0.1:${port}/`,
          keyring: KEYRING,
          ...repository,
        },
        chart: 'web',
        version,
      });
      return digest;
    };
    const digest = await read();
    expect(await read()).toBe(digest);
    return digest;
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://repository');
      const file = files.get(pathname);
      if (file) {
        response.end(file);
      } else {
        registry.serve(request, response);
      }
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  });

  beforeEach(async () => {
    registry = new FakeRegistry();
    files = new Map([
      ['/charts/web.tgz', SIGNED_ARCHIVE],
      ['/charts/web.tgz.prov', PROVENANCE],
    ]);
    archives = new ArchiveCache();
    const helm = await HelmVerifier.create((await currentHelm())!);
    verify = jest.fn(chart => helm.verify(chart));
  });

  afterEach(() => archives.close());
  afterAll(() => server.close());

  it('H22 accepts a chart that a key of the keyring signed, and verifies it once', async () => {
    expect(await open()).toBe(digestOf(SIGNED_ARCHIVE));
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('H22 refuses a chart without a signature', async () => {
    files.delete('/charts/web.tgz.prov');
    await expect(open()).rejects.toThrow('the provenance file is not there');
  });

  it('H22 refuses a chart that another key signed', async () => {
    await expect(open({ keyring: OTHER_KEYRING })).rejects.toThrow(
      'signature made by unknown entity',
    );
  });

  it('H22 refuses an archive that is not the one that was signed', async () => {
    files.set('/charts/web.tgz', await anArchive(chartEntries()));
    await expect(open()).rejects.toThrow('helm does not accept it');
  });

  it('H22 refuses a signed archive under another version', async () => {
    await expect(open({}, { version: '1.2.4' })).rejects.toThrow(
      'helm does not accept it',
    );
  });

  it('H22 refuses a signature that someone changed', async () => {
    const changed = PROVENANCE.toString().replace(
      'version: 1.2.3',
      'version: 9',
    );
    files.set('/charts/web.tgz.prov', Buffer.from(changed));
    await expect(open()).rejects.toThrow('helm does not accept it');
  });

  it('H22 uses no chart of a repository with a keyring without helm', async () => {
    await expect(open({}, { withHelm: false })).rejects.toThrow(
      'the portal has no helm',
    );
    const unchecked = { keyring: undefined };
    await expect(open(unchecked, { withHelm: false })).resolves.toBeDefined();
  });

  it('H22 verifies charts of a registry, too', async () => {
    const url = `oci://127.0.0.1:${port}/charts/`;
    const artifact = { config: {}, archive: SIGNED_ARCHIVE };
    registry.push('charts/web', '1.2.3', artifact);
    await expect(open({ url })).rejects.toThrow('has no provenance file');
    registry.push('charts/web', '1.2.3', {
      ...artifact,
      provenance: PROVENANCE,
    });
    expect(await open({ url })).toBe(digestOf(SIGNED_ARCHIVE));
  });

  it('reads keys with and without armour, and nothing else', () => {
    for (const typed of [
      KEYRING,
      ARMOURED_KEYRING,
      ARMOURED_KEYRING.replaceAll('\n', '\r\n'),
      ARMOURED_KEYRING.replace('\n\n', '\nVersion: 1\nComment: x\n\n'),
    ]) {
      expect(readKeyring(typed)?.toString('base64')).toBe(KEYRING);
    }
    for (const typed of ['', 'keys?', 'AAAA', ARMOURED_KEYRING.slice(0, -20)]) {
      expect(readKeyring(typed)).toBeUndefined();
    }
  });
});
