import { mockServices } from '@backstage/backend-test-utils';
import { KubeObject } from '../../kube';
import { ownLabels } from '../desired';
import { StatusReports } from './StatusReports';

const CLUSTER = { id: 'c1', name: 'prod01' };

function namespace(name: string, labels = ownLabels(CLUSTER.id)): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function quota(used: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {
      name: 'berth',
      namespace: 'shop',
      labels: ownLabels(CLUSTER.id),
    },
    status: { used: { pods: used } },
  } as KubeObject;
}

describe('StatusReports', () => {
  const logger = mockServices.logger.mock();
  let reported: unknown[];
  let open: () => void;
  let failures: Error[];
  let reports: StatusReports;

  beforeEach(() => {
    reported = [];
    failures = [];
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    const record = async (...what: unknown[]) => {
      await opened;
      const failure = failures.shift();
      if (failure) {
        throw failure;
      }
      reported.push(what);
    };
    reports = new StatusReports({
      cluster: CLUSTER,
      logger,
      retryMs: 5,
      collectMs: 1,
      sink: {
        record: async (_, objects) => {
          for (const { kind, metadata, ...rest } of objects) {
            await record('seen', kind, metadata.name, rest);
          }
        },
        namespaceGone: ({ name }) => record('gone', name),
        namespacesOf: async () => ['shop', 'lost'],
      },
    });
  });

  afterEach(() => reports.stop());

  const namespaces = () => reports.listenerOf('Namespace')!;
  const until = async (count: number) => {
    while (reported.length < count) {
      await new Promise(resolve => setTimeout(resolve, 2));
    }
  };

  it('reports objects with our labels, and only the last state of each', async () => {
    namespaces().seen(namespace('kube-system', {}));
    namespaces().seen(namespace('elsewhere', ownLabels('c2')));
    const quotas = reports.listenerOf('ResourceQuota')!;
    namespaces().seen(namespace('shop'));
    quotas.seen(quota('1'));
    quotas.seen(quota('2'));
    open();
    await until(2);
    expect(reported).toEqual([
      ['seen', 'Namespace', 'shop', { apiVersion: 'v1' }],
      [
        'seen',
        'ResourceQuota',
        'berth',
        { apiVersion: 'v1', status: { used: { pods: '2' } } },
      ],
    ]);
    expect(reports.listenerOf('RoleBinding')).toBeUndefined();
  });

  it('reports deleted namespaces: at once, and by a list those that were missed', async () => {
    open();
    namespaces().gone!({ name: 'old' });
    await until(1);
    namespaces().listed!(({ name }) => name === 'shop');
    await until(2);
    expect(reported).toEqual([
      ['gone', 'old'],
      ['gone', 'lost'],
    ]);
  });

  it('reports again until the sink took it', async () => {
    failures = [new Error('database is away'), new Error('still away')];
    open();
    namespaces().seen(namespace('shop'));
    await until(1);
    expect(reported).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('database is away'),
    );
  });

  it('keeps a bounded part of a flood', async () => {
    for (let index = 0; index < 12_000; index++) {
      namespaces().seen(namespace(`n-${index}`));
    }
    open();
    await until(10_000);
    await reports.stop();
    expect(reported).toHaveLength(10_000);
  });
});
