import { ManagedProcess } from './ManagedProcess';
import { untilReady } from './untilReady';

describe('untilReady', () => {
  let program: ManagedProcess;

  afterEach(async () => {
    await program.stop();
  });

  it('tolerates every failure to answer while the program runs', async () => {
    program = ManagedProcess.start('sleep', ['60']);
    const holds = jest
      .fn()
      .mockRejectedValueOnce(new Error('Connect Timeout Error'))
      .mockResolvedValueOnce(false)
      .mockResolvedValueOnce(true);
    await untilReady('it is ready', program, holds);
    expect(holds).toHaveBeenCalledTimes(3);
  });

  it('reports the output of a program that has ended', async () => {
    program = ManagedProcess.start('sh', ['-c', 'echo no room; exit 1']);
    await expect(
      untilReady('it is ready', program, async () => false),
    ).rejects.toThrow('sh has ended:\nno room');
  });

  it('reports that the program does not exist', async () => {
    program = ManagedProcess.start('no-such-program', []);
    await expect(
      untilReady('it is ready', program, async () => false),
    ).rejects.toThrow('spawn no-such-program ENOENT');
  });

  it('gives up at the deadline, with the last failure as the cause', async () => {
    program = ManagedProcess.start('sleep', ['60']);
    const failure = new Error('refused');
    await expect(
      untilReady(
        'it is ready',
        program,
        async () => {
          throw failure;
        },
        300,
      ),
    ).rejects.toMatchObject({
      message: expect.stringContaining('in vain until it is ready'),
      cause: failure,
    });
  });
});
