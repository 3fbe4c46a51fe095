import { containersOf } from './containers';

const metadata = { name: 'web-0', uid: 'u1' };

describe('containersOf', () => {
  it('lists init containers, sidecars, containers and ephemeral containers in this order', () => {
    const found = containersOf({
      metadata,
      spec: {
        containers: [{ name: 'app' }],
        initContainers: [
          { name: 'migrate' },
          { name: 'proxy', restartPolicy: 'Always' },
        ],
        ephemeralContainers: [{ name: 'debugger' }],
      },
    });
    expect(found.map(({ container, kind }) => [container, kind])).toEqual([
      ['migrate', 'init'],
      ['proxy', 'sidecar'],
      ['app', 'container'],
      ['debugger', 'ephemeral'],
    ]);
  });

  it.each([
    [{ running: {} }, {}, { state: 'running', reason: '', restarted: false }],
    [
      { waiting: { reason: 'CrashLoopBackOff' } },
      { terminated: { exitCode: 1 } },
      {
        state: 'waiting',
        reason: 'The container waits to start again: CrashLoopBackOff',
        restarted: true,
      },
    ],
    [
      { waiting: { reason: 'ImagePullBackOff' } },
      {},
      {
        state: 'waiting',
        reason: 'The container has not started: ImagePullBackOff',
        restarted: false,
      },
    ],
    [
      { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      {},
      {
        state: 'terminated',
        reason: 'The container ended: OOMKilled (exit code 137)',
      },
    ],
  ])('describes the state %j', (state, lastState, expected) => {
    const [found] = containersOf({
      metadata,
      spec: { containers: [{ name: 'app' }] },
      status: { containerStatuses: [{ name: 'app', state, lastState }] },
    });
    expect(found).toMatchObject(expected);
  });

  it('describes a pod without a node', () => {
    const [found] = containersOf({
      metadata,
      spec: { containers: [{ name: 'app' }] },
      status: { phase: 'Pending' },
    });
    expect(found).toMatchObject({
      state: 'waiting',
      reason: 'The container has not started: Pending',
    });
  });
});
