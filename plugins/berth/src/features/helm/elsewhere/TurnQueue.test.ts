import { TurnQueue } from './TurnQueue';

const FULL = new Error('full');

/** A queue whose pauses and requests end when the test says so. */
function aQueue(most: number) {
  const pauses: (() => void)[] = [];
  const log: string[] = [];
  const open = new Map<
    string,
    { resolve: (value: string) => void; reject: (error: Error) => void }
  >();
  const queue = new TurnQueue({
    most,
    isFull: error => error === FULL,
    pause: signal =>
      new Promise(resolve => {
        pauses.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  });
  const send = (name: string) =>
    queue.send({
      onTurn: () => log.push(`send ${name}`),
      onFull: () => log.push(`full ${name}`),
      request: () =>
        new Promise<string>((resolve, reject) =>
          open.set(name, { resolve, reject }),
        ),
    });
  return { log, open, pauses, queue, send };
}

const settle = () => new Promise(resolve => setTimeout(resolve, 0));

describe('a queue of requests', () => {
  it('sends a few at a time, in order, and goes on after failures', async () => {
    const { log, open, send } = aQueue(2);
    const sent = ['a', 'b', 'c', 'd'].map(name => send(name));
    await settle();
    expect(log).toEqual(['send a', 'send b']);
    open.get('b')!.reject(new Error('refused'));
    await expect(sent[1]).rejects.toThrow('refused');
    await settle();
    expect(log).toEqual(['send a', 'send b', 'send c']);
    open.get('a')!.resolve('A');
    open.get('c')!.resolve('C');
    await settle();
    open.get('d')!.resolve('D');
    expect(await Promise.all([sent[0], sent[2], sent[3]])).toEqual([
      'A',
      'C',
      'D',
    ]);
  });

  it('sends again what the server has no room for', async () => {
    const { log, open, pauses, send } = aQueue(1);
    const [first, second] = [send('a'), send('b')];
    await settle();
    open.get('a')!.reject(FULL);
    await settle();
    expect(log).toEqual(['send a', 'full a']);
    pauses[0]();
    await settle();
    open.get('a')!.resolve('A');
    expect(await first).toBe('A');
    await settle();
    open.get('b')!.resolve('B');
    expect(await second).toBe('B');
    expect(log).toEqual(['send a', 'full a', 'send b']);
  });

  it('stops what waits, and nothing that is added later', async () => {
    const { log, open, queue, send } = aQueue(2);
    const [sent, full, waiting] = [send('a'), send('b'), send('c')];
    await settle();
    open.get('b')!.reject(FULL);
    await settle();
    queue.stop();
    expect(await full).toBeUndefined();
    expect(await waiting).toBeUndefined();
    const later = send('d');
    await settle();
    open.get('a')!.resolve('A');
    open.get('d')!.resolve('D');
    expect(await Promise.all([sent, later])).toEqual(['A', 'D']);
    expect(log).toEqual(['send a', 'send b', 'full b', 'send d']);
  });
});
