import childProcess, { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { runHelmProcess } from './HelmProcess';
import { DEFAULT_LIMITS } from './limits';

describe('runHelmProcess', () => {
  it('runs the program with a lower priority than the portal', async () => {
    const printsPriority =
      "process.stdin.resume().on('end', () => console.log(os.getPriority()))";
    const { stdout } = await runHelmProcess({
      command: [process.execPath, '-e', printsPriority],
      env: {},
      folder: '/',
      limits: DEFAULT_LIMITS,
      onErrorLine: () => {},
      signal: new AbortController().signal,
    });
    expect(Number(stdout)).toBeGreaterThanOrEqual(10);
  });

  it('reports a child that got no pipes, for want of file descriptors', async () => {
    const spawn = jest
      .spyOn(childProcess, 'spawn')
      .mockImplementation((): ChildProcess => {
        const child = new EventEmitter();
        process.nextTick(() => child.emit('error', new Error('spawn EMFILE')));
        return child as ChildProcess;
      });
    try {
      await expect(
        runHelmProcess({
          command: ['/bin/true'],
          env: {},
          folder: '/',
          limits: DEFAULT_LIMITS,
          onErrorLine: () => {},
          signal: new AbortController().signal,
        }),
      ).rejects.toThrow('spawn EMFILE');
    } finally {
      spawn.mockRestore();
    }
  });
});
