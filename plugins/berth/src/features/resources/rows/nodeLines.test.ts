import { ClusterNode, NodeListLine } from '@berth/plugin-berth-common';
import { ListCollector } from './collect';
import { layoutOf } from './layout';
import { nodeLines } from './nodeLines';
import { judge } from './select';

const aNode = (
  name: string,
  changes: Partial<ClusterNode> = {},
): ClusterNode => ({
  name,
  createdAt: '2026-11-01T00:00:00Z',
  ready: true,
  cordoned: false,
  conditions: [
    { type: 'Ready', status: 'True' },
    { type: 'MemoryPressure', status: 'False' },
  ],
  roles: ['worker'],
  taints: [],
  capacity: { cpu: '8', memory: '32Gi', pods: '110' },
  allocatable: { cpu: '7500m', memory: '30Gi', pods: '110' },
  ...changes,
});

async function listingOf(lines: NodeListLine[]) {
  const collector = new ListCollector();
  async function* all() {
    yield* lines;
  }
  for await (const line of nodeLines(all())) {
    collector.add(line);
  }
  const listing = collector.listing(true);
  const layout = layoutOf(listing.columns);
  const rows = judge(listing.rows, layout);
  return { listing, rows, cell: layout.cellOf };
}

const at = '2026-11-29T10:00:00Z';
const start: NodeListLine = { type: 'start', clusters: [{ name: 'gpulab' }] };

describe('nodeLines', () => {
  it('lists nodes with what their pods ask for, and their GPUs', async () => {
    const gpu = {
      advertised: 8,
      physical: 2,
      product: 'A100',
      memory: '40960',
      migConfig: 'all-1g.5gb',
      migConfigState: 'pending',
    };
    const { rows, cell } = await listingOf([
      start,
      {
        type: 'nodes',
        cluster: 'gpulab',
        at,
        nodes: [aNode('gpu-1', { gpu }), aNode('worker-1')],
      },
      {
        type: 'requested',
        cluster: 'gpulab',
        requested: { 'gpu-1': { cpu: '2500m', memory: '12Gi', pods: '9' } },
      },
      { type: 'done', cluster: 'gpulab', count: 2 },
      { type: 'end' },
    ]);
    const [first, second] = rows;
    const texts = (names: string[], row = first) =>
      names.map(name => cell(row, name));
    expect(texts(['Status', 'CPU', 'Memory', 'Pods'])).toEqual([
      'Ready',
      '2.5 of 7.5',
      '12Gi of 30Gi',
      '9 of 110',
    ]);
    expect(
      texts(['GPUs', 'Advertised GPUs', 'GPU product', 'MIG', 'GPU memory']),
    ).toEqual(['2', '8', 'A100', 'all-1g.5gb (pending)', '40960Mi']);
    expect(texts(['CPU', 'GPUs'], second)).toEqual(['7.5', null]);
    expect(cell(first, 'Age')).toEqual({
      since: Date.parse('2026-11-01T00:00:00Z'),
      precision: 1_000,
    });
  });

  it('names what is wrong with a node', async () => {
    const { rows } = await listingOf([
      start,
      {
        type: 'nodes',
        cluster: 'gpulab',
        at,
        nodes: [
          aNode('down', { ready: false }),
          aNode('cordoned', { cordoned: true }),
          aNode('full', {
            conditions: [{ type: 'DiskPressure', status: 'True' }],
          }),
          aNode('fine'),
        ],
      },
      { type: 'done', cluster: 'gpulab', count: 4 },
    ]);
    expect(rows.map(({ status, problem }) => [status, problem?.tone])).toEqual([
      ['NotReady', 'danger'],
      ['Ready,SchedulingDisabled', 'warning'],
      ['Ready,DiskPressure', 'warning'],
      ['Ready', undefined],
    ]);
  });

  it('shows nodes whose pods could not be listed', async () => {
    const failed = {
      type: 'failed' as const,
      cluster: 'gpulab',
      cause: 'Forbidden' as const,
      message: 'No pods.',
    };
    const { rows, listing } = await listingOf([
      start,
      { type: 'nodes', cluster: 'gpulab', at, nodes: [aNode('worker-1')] },
      failed,
    ]);
    expect(rows).toHaveLength(1);
    expect(listing.failures).toHaveLength(1);
  });
});
