import { currentHelm } from '@berth/kube-binaries';
import express from 'express';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createIndexRouter, createRegistryRouter } from './exampleChartsRouter';
import { packCharts } from './packCharts';

jest.setTimeout(60_000);

describe('the example charts', () => {
  it('can be pulled by helm from the index and from the registry', async () => {
    const packed = await packCharts(
      resolve(__dirname, '../../../../examples/charts'),
    );
    const app = express();
    app.use('/charts', createIndexRouter(packed));
    app.use('/v2/charts', createRegistryRouter(packed));
    const server = createServer(app);
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    const folder = await mkdtemp(join(tmpdir(), 'pulled-'));
    const { port } = server.address() as AddressInfo;
    const helm = (await currentHelm())!;
    const pull = (...chart: string[]) =>
      promisify(execFile)(helm, ['pull', ...chart, '-d', folder], {
        env: { HOME: folder },
      });
    try {
      await pull('web', '--repo', `http://127.0.0.1:${port}/charts/`);
      await pull(
        `oci://127.0.0.1:${port}/charts/web`,
        ...['--version', '1.3.0', '--plain-http'],
      );
      const pulled = (await readdir(folder)).filter(one => /tgz$/.test(one));
      const { version } = packed.charts.find(({ name }) => name === 'web')!;
      expect(pulled.sort()).toEqual(['web-1.3.0.tgz', `web-${version}.tgz`]);
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });
});
