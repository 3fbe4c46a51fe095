import { Programs } from './__testUtils__/programs';
import { DEFAULT_LIMITS } from './limits';
import { findSandbox } from './sandbox';

describe('findSandbox', () => {
  it('wraps helm in the programs of util-linux', async () => {
    const { missing, wrap } = await findSandbox();
    expect(missing).toEqual([]);
    expect(wrap(['/opt/helm', 'version'], DEFAULT_LIMITS).join(' ')).toMatch(
      /^\S+setpriv --pdeathsig TERM --no-new-privs -- \S+prlimit --as=2147483648 --cpu=120 --fsize=67108864 --nofile=256 --core=0 -- \/opt\/helm version$/,
    );
  });

  it('reports what is missing, also programs that know no such options', async () => {
    const programs = await Programs.create();
    await programs.add('setpriv', 'exit 1');
    const { missing, wrap } = await findSandbox([programs.folder]);
    expect(missing).toEqual(['setpriv', 'prlimit']);
    expect(wrap(['/opt/helm'], DEFAULT_LIMITS)).toEqual(['/opt/helm']);
    await programs.remove();
  });
});
