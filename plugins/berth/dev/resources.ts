import { FakeBerthApi } from '../src/__testUtils__/FakeBerthApi';
import {
  aColumn,
  aKind,
  COLUMNS,
  FakeTable,
  linesOf,
  podCells,
} from '../src/__testUtils__/resources';

const NAMESPACES = ['cart', 'checkout', 'search', 'payments', 'ml-training'];

/**
 * Fills the clusters with what runs on them.
 *
 * @param options.rows - the number of pods, over 20 clusters
 * @param options.broken - whether two clusters fail
 */
export function fillResources(
  api: FakeBerthApi,
  options: { rows: number; broken: boolean },
): FakeBerthApi {
  const { rows, broken } = options;
  const clusters = Array.from(
    { length: rows > 1_000 ? 20 : 3 },
    (_, number) => `prod${String(number + 1).padStart(2, '0')}`,
  );
  const each = Math.ceil(rows / clusters.length / NAMESPACES.length);
  const tables = clusters.map(
    (cluster, number): FakeTable => ({
      cluster,
      columns:
        number === 1
          ? [...COLUMNS.pods, aColumn('Nominated Node', { priority: 1 })]
          : COLUMNS.pods,
      namespaces: Object.fromEntries(
        NAMESPACES.map(name => [name, podCells(name, each)]),
      ),
    }),
  );
  const failures = broken
    ? [
        {
          cluster: clusters[2],
          cause: 'Timeout' as const,
          message: 'The API server sent nothing within 8 seconds.',
        },
        {
          cluster: clusters[0],
          namespace: 'vault',
          cause: 'Forbidden' as const,
          message: 'Your role in vault is view.',
        },
      ]
    : [];
  api.lists.set(
    'core/pods',
    linesOf(
      tables.filter(({ cluster }) => !broken || cluster !== clusters[2]),
      failures,
    ),
  );
  api.lists.set(
    'apps/deployments',
    linesOf(
      clusters.slice(0, 3).map(cluster => ({
        cluster,
        columns: COLUMNS.deployments,
        namespaces: {
          cart: [
            ['cart', '3/3', 3, 3, '12d', 'cart', 'registry.example/cart:1.4'],
            ['redis', '0/1', 1, 0, '3h5m', 'redis', 'redis:7'],
          ],
          checkout: [
            ['web', '2/3', 3, 2, '45s', 'web', 'registry.example/web:2.0'],
          ],
        },
      })),
      failures,
    ),
  );
  api.kinds = [
    aKind('cert-manager.io', 'Certificate'),
    aKind('argoproj.io', 'Application'),
    aKind('policy', 'PodDisruptionBudget', { custom: false }),
  ];
  api.beforeLine = line =>
    new Promise(resolve =>
      setTimeout(resolve, line.type === 'failed' ? 3_000 : 5),
    );
  return api;
}
