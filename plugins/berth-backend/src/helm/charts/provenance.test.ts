import { currentHelm } from '@berth/kube-binaries';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import pLimit from 'p-limit';
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
import { FetchedChart, readKeyring, Signatures } from './provenance';
import { ChartError } from './ChartError';
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
      const { digest } = await chartFiles.archive(
        {
          repository: {
            name: 'shop',
            url: `http://127.0.0.1:${port}/`,
            keyring: KEYRING,
            ...repository,
          },
          chart: 'web',
          version,
        },
        new AbortController().signal,
      );
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
    const helm = await HelmVerifier.create((await currentHelm())!, pLimit(1));
    verify = jest.fn((chart, signal) => helm.verify(chart, signal));
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

describe('checks of signatures', () => {
  const CHART: FetchedChart = {
    repository: {
      name: 'shop',
      url: 'https://shop.example.com/',
      keyring: KEYRING,
    },
    ...{ chart: 'web', version: '1.0.0', digest: 'ab'.repeat(32) },
    archive: SIGNED_ARCHIVE,
  };
  const stays = new AbortController().signal;
  const provenance = jest.fn();
  const verify = jest.fn();
  let now = 0;
  let signatures: Signatures;

  /** Lets what waits go on, as far as it can. */
  const settle = () => new Promise(resolve => setImmediate(resolve));
  const check = (signal = stays, chart: Partial<FetchedChart> = {}) =>
    signatures.check({ ...CHART, ...chart }, provenance, signal);
  /** Verifies until the returned function is called. */
  const verifySlowly = () => {
    let end: (problem?: string) => void;
    verify.mockImplementation(
      (_, signal: AbortSignal) =>
        new Promise((resolve, reject) => {
          end = resolve;
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    return (problem?: string) => end(problem);
  };

  beforeEach(() => {
    provenance.mockReset().mockResolvedValue(PROVENANCE);
    verify.mockReset().mockResolvedValue(undefined);
    signatures = new Signatures(
      async () => ({ verify }),
      () => now,
    );
  });

  it.each([undefined, 'planted reason'])(
    'H9 verifies equal charts once at a time, for all who wait (%p)',
    async problem => {
      const end = verifySlowly();
      const checks = Promise.allSettled(
        Array.from({ length: 100 }, () => check()),
      );
      await settle();
      end(problem);
      const failed = (await checks).filter(
        ({ status }) => status === 'rejected',
      );
      expect(failed).toHaveLength(problem === undefined ? 0 : 100);
      expect(verify).toHaveBeenCalledTimes(1);
      expect(provenance).toHaveBeenCalledTimes(1);
    },
  );

  it('H9 verifies other charts, and the chart of another repository, on their own', async () => {
    const repository = { ...CHART.repository, name: 'lab' };
    await Promise.all([
      check(),
      check(stays, { repository }),
      check(stays, { version: '1.0.1' }),
      check(stays, { digest: 'cd'.repeat(32) }),
    ]);
    expect(verify).toHaveBeenCalledTimes(4);
  });

  it('H9 verifies a chart that helm did not accept again after a minute only', async () => {
    verify.mockResolvedValueOnce('planted reason');
    await expect(check()).rejects.toThrow('planted reason');
    now += 59_999;
    await expect(check()).rejects.toThrow('planted reason');
    expect(verify).toHaveBeenCalledTimes(1);
    now += 1;
    await check();
    await check();
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('asks again for a provenance file that could not be fetched', async () => {
    provenance.mockRejectedValueOnce(new ChartError('planted reason'));
    await expect(check()).rejects.toThrow('planted reason');
    await check();
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('H9 ends a check when all who waited for it are gone, and remembers nothing', async () => {
    verifySlowly();
    const callers = [new AbortController(), new AbortController()];
    const checks = callers.map(({ signal }) => check(signal));
    await settle();
    const [[, signal]] = verify.mock.calls;
    callers[0].abort(new Error('left first'));
    await expect(checks[0]).rejects.toThrow('left first');
    expect(signal.aborted).toBe(false);
    callers[1].abort(new Error('left last'));
    await expect(checks[1]).rejects.toThrow('left last');
    expect(signal.aborted).toBe(true);
    verify.mockResolvedValue(undefined);
    await check();
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('H9 fetches and verifies nothing for a caller who is gone', async () => {
    await expect(check(AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(provenance).not.toHaveBeenCalled();
  });
});
