import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Computer, outcome } from './__testUtils__/Computer';
import { FakePortal, ulid } from './__testUtils__/FakePortal';
import { selfSigned } from './__testUtils__/selfSigned';

jest.setTimeout(60_000);

const KUBECTL = process.env.KUBECTL ?? 'kubectl';
const missing = spawnSync(KUBECTL, ['version', '--client']).error;
const computer = new Computer();

(missing ? describe.skip : describe)(
  `kubectl${missing ? ` (skipped: there is no ${KUBECTL})` : ''}`,
  () => {
    let portal: FakePortal;
    let cluster: Server;
    const tokens: Array<string | undefined> = [];

    beforeAll(async () => {
      computer.build();
      portal = await FakePortal.start();
      const certificate = await selfSigned('prod01');
      cluster = createServer(certificate, (request, response) => {
        tokens.push(request.headers.authorization);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"gitVersion":"v1.30.0"}');
      });
      await new Promise<void>(resolve => {
        cluster.listen(0, '127.0.0.1', resolve);
      });
      const { port } = cluster.address() as AddressInfo;
      portal.clusters = [
        {
          name: 'prod01',
          id: ulid(),
          server: `https://127.0.0.1:${port}`,
          caData: Buffer.from(certificate.cert).toString('base64'),
          via: 'direct',
          username: 'user:default/ada',
          namespaces: [],
        },
      ];
      computer.signIn(portal);
      const { code, stderr } = await computer.run(['setup']);
      if (code !== 0) {
        throw new Error(stderr);
      }
    });

    afterAll(async () => {
      cluster.close();
      await portal.stop();
      computer.remove();
    });

    const version = (context = 'prod01') =>
      outcome(
        spawn(KUBECTL, ['--context', context, 'get', '--raw', '/version'], {
          env: computer.env,
        }),
      );

    it('S44: 20 kubectl at a time need at most two tokens', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, () => version()),
      );
      expect(results.filter(({ code }) => code !== 0)).toEqual([]);
      expect(results[0]).toEqual({
        code: 0,
        stdout: '{"gitVersion":"v1.30.0"}',
        stderr: '',
      });
      expect(tokens.length).toBeGreaterThanOrEqual(20);
      for (const token of tokens) {
        expect(token).toMatch(/^Bearer header\./);
      }
      expect(portal.mints()).toBeLessThanOrEqual(2);
    });

    it('S54: shows the reason once', async () => {
      portal.error = {
        status: 404,
        error: { message: 'prod01 is not shared with you.' },
      };
      rmSync(computer.cacheFolder(portal.address), { recursive: true });
      const { code, stdout, stderr } = await version();
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr.match(/not shared with you/g)).toHaveLength(1);
    });

    it('runs the plugin as "kubectl berth"', async () => {
      const path = join(computer.home, 'bin');
      mkdirSync(path);
      symlinkSync(computer.program, join(path, 'kubectl-berth'));
      const { stdout } = await outcome(
        spawn(KUBECTL, ['berth', 'version'], {
          env: { ...computer.env, PATH: `${path}:${computer.env.PATH}` },
        }),
      );
      expect(stdout).toMatch(/^kubectl-berth \d/);
    });
  },
);
