import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Programs } from './__testUtils__/programs';
import { checkHelmBinary } from './helmBinary';

describe('berth.helm.binary', () => {
  let programs: Programs;

  beforeAll(async () => {
    programs = await Programs.create();
  });

  afterAll(() => programs.remove());

  it('is helm 4.1.4 or later', async () => {
    const path = await programs.helm('helm', 'v4.1.4');
    expect(await checkHelmBinary(path)).toEqual({ path, version: 'v4.1.4' });
  });

  it.each([
    'v4.1.3',
    'v3.19.0',
    'v4.2.0-rc.1',
    '4.2.0',
    'v4.2',
    '',
    'eyJhbGciOiJIUzI1NiJ9',
  ])('H21 is refused with version %j', async version => {
    const path = await programs.helm('old', version);
    await expect(checkHelmBinary(path)).rejects.toThrow(
      /must be a release of Helm 4.1.4 or later/,
    );
  });

  it.each([
    ['a relative path', 'helm', 'must be an absolute path'],
    ['nothing', '/nowhere/helm', 'must be a program that the portal can read'],
    ['a folder', '/usr', 'must be a program'],
    [
      'another program',
      '/bin/false',
      'must be helm, but it reports no version',
    ],
  ])('H21 is refused for %s', async (_, path, rule) => {
    await expect(checkHelmBinary(path)).rejects.toThrow(rule);
  });

  it.each([0o777, 0o775, 0o757])(
    'H21 is refused if others can write to the program (%o)',
    async mode => {
      const path = await programs.helm('open', 'v4.2.3');
      await chmod(path, mode);
      await expect(checkHelmBinary(path)).rejects.toThrow(
        'must not be writable by other users',
      );
    },
  );

  it('H21 is refused if others can write to a folder above the program', async () => {
    const folder = join(programs.folder, 'open-folder');
    await mkdir(join(folder, 'below'), { recursive: true });
    const path = await programs.helm('open-folder/below/helm', 'v4.2.3');
    await chmod(folder, 0o777);
    await expect(checkHelmBinary(path)).rejects.toThrow(
      /can write to ".*open-folder"/,
    );
  });
});
