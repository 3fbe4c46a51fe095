import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { Programs } from './__testUtils__/programs';
import { HelmRunner } from './HelmRunner';
import { HelmVerifier, SignedChart } from './HelmVerifier';

const CHART: SignedChart = {
  fileName: 'web-1.0.0.tgz',
  archive: Buffer.from('an archive'),
  provenance: Buffer.from('a provenance file'),
  keyring: Buffer.from('a keyring'),
};
const stays = new AbortController().signal;

describe('HelmVerifier', () => {
  let programs: Programs;

  beforeAll(async () => {
    programs = await Programs.create();
  });

  afterAll(() => programs.remove());

  it('H9 starts helm only in a place that previews leave free', async () => {
    const places = pLimit(1);
    const started = `${programs.folder}/started`;
    const binary = await programs.helm(
      'helm',
      'v4.2.3',
      `echo "$1" >> ${started}; [ "$1" = verify ] || cat ${started} >&2`,
    );
    const verifier = await HelmVerifier.create(binary, places);
    const runner = await HelmRunner.create({
      binary,
      deny: [],
      sandbox: 'preferred',
      concurrency: 4,
      gateway: {
        open: async () => {
          throw new Error('No call is expected');
        },
      },
      previewPlaces: places,
    });
    let leave = () => {};
    const taken = places(
      () =>
        new Promise<void>(resolve => {
          leave = resolve;
        }),
    );
    const preview = runner.run({
      mode: 'preview',
      cluster: { name: 'prod', apiServer: 'https://prod', caPem: '' },
      command: { kind: 'uninstall', namespace: 'shop', release: 'web' },
      person: 'user:default/ada',
      timeoutMs: 60_000,
      signal: stays,
      token: async () => ({
        token: 'a token',
        expiresAt: new Date(Date.now() + 600_000),
      }),
    });
    const gone = new AbortController();
    const waiting = verifier.verify(CHART, gone.signal);
    const last = verifier.verify(CHART, stays);
    // All but the one that has the place wait.
    await new Promise(setImmediate);
    expect(places.pendingCount).toBe(3);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    leave();
    await taken;
    // The preview is the first program, and no check runs at the same time.
    expect((await preview).stderr).toBe('uninstall\n');
    expect(await last).toBeUndefined();
    await runner.close();
  });

  it('H9 ends helm for a caller who leaves', async () => {
    const runs = `${programs.folder}/runs`;
    await promisify(execFile)('mkfifo', [runs]);
    const binary = await programs.helm(
      'slow',
      'v4.2.3',
      `echo "$1" > ${runs}; exec sleep 600`,
    );
    const places = pLimit(1);
    const verifier = await HelmVerifier.create(binary, places);
    const gone = new AbortController();
    const check = verifier.verify(CHART, gone.signal);
    expect(await readFile(runs, 'utf8')).toBe('verify\n');
    gone.abort(new Error('gone'));
    await expect(check).rejects.toThrow('gone');
    // Its place is free.
    expect(await places(async () => 'free')).toBe('free');
  });
});
