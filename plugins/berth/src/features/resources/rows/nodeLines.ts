import {
  ClusterNode,
  NodeListLine,
  Quantity,
  ResourceColumn,
  ResourceListLine,
  ResourceRow,
} from '@berth/plugin-berth-common';

type Requested = Record<string, Record<string, string>>;

/** A column of the list of nodes, and what it says about a node. */
interface NodeColumn {
  name: string;
  description?: string;
  /** Whether the column is shown on demand only. */
  isExtra?: boolean;
  cell: (
    node: ClusterNode,
    requested: Record<string, string> | undefined,
  ) => string | null;
}

const COLUMNS: readonly NodeColumn[] = [
  { name: 'Name', cell: ({ name }) => name },
  { name: 'Status', cell: statusOf },
  {
    name: 'CPU',
    description: 'What the pods ask for, of what they can ask for.',
    cell: (node, requested) => share(node, requested, 'cpu'),
  },
  {
    name: 'Memory',
    description: 'What the pods ask for, of what they can ask for.',
    cell: (node, requested) => share(node, requested, 'memory'),
  },
  {
    name: 'Pods',
    description: 'The pods on the node, of those that it can have.',
    cell: (node, requested) => share(node, requested, 'pods'),
  },
  {
    name: 'GPUs',
    description: 'The GPUs in the node.',
    cell: ({ gpu }) => (gpu?.physical === undefined ? null : `${gpu.physical}`),
  },
  {
    name: 'Advertised GPUs',
    description:
      'What pods can ask for: time slicing and MIG make several of one GPU.',
    cell: ({ gpu }) => (gpu ? `${gpu.advertised}` : null),
  },
  { name: 'GPU product', cell: ({ gpu }) => gpu?.product ?? null },
  {
    name: 'MIG',
    description: 'The layout to reach, and how far the node is.',
    cell: ({ gpu }) =>
      gpu?.migConfig
        ? [gpu.migConfig, gpu.migConfigState && `(${gpu.migConfigState})`]
            .filter(Boolean)
            .join(' ')
        : null,
  },
  {
    name: 'Taints',
    cell: ({ taints }) =>
      taints
        .map(({ key, value, effect }) =>
          value ? `${key}=${value}:${effect}` : `${key}:${effect}`,
        )
        .join(', '),
  },
  { name: 'Version', cell: ({ version }) => version ?? null },
  { name: 'Age', cell: () => null },
  {
    name: 'Conditions',
    isExtra: true,
    description: 'Conditions that are not as they should be.',
    cell: node => troublesOf(node).join(', '),
  },
  { name: 'Roles', isExtra: true, cell: ({ roles }) => roles.join(', ') },
  {
    name: 'Architecture',
    isExtra: true,
    cell: ({ architecture }) => architecture ?? null,
  },
  {
    name: 'CPU capacity',
    isExtra: true,
    cell: ({ capacity }) => capacity.cpu ?? null,
  },
  {
    name: 'Memory capacity',
    isExtra: true,
    cell: ({ capacity }) => capacity.memory ?? null,
  },
  {
    name: 'GPU memory',
    isExtra: true,
    cell: ({ gpu }) => (gpu?.memory ? `${gpu.memory}Mi` : null),
  },
  {
    name: 'GPU sharing',
    isExtra: true,
    cell: ({ gpu }) =>
      [gpu?.sharingStrategy, gpu?.replicas && `× ${gpu.replicas}`]
        .filter(Boolean)
        .join(' '),
  },
  {
    name: 'Device plugin',
    isExtra: true,
    cell: ({ gpu }) => gpu?.devicePluginConfig ?? null,
  },
];

/**
 * Writes the nodes of clusters as the lines of a list, so that nodes are listed as all other kinds. The nodes of a
 * cluster wait for what their pods ask for.
 */
export async function* nodeLines(
  lines: AsyncIterable<NodeListLine>,
): AsyncGenerator<ResourceListLine> {
  const waiting = new Map<string, Extract<NodeListLine, { type: 'nodes' }>[]>();
  const requests = new Map<string, Requested>();
  for await (const line of lines) {
    switch (line.type) {
      case 'nodes':
        waiting.set(line.cluster, [...(waiting.get(line.cluster) ?? []), line]);
        break;
      case 'requested':
        requests.set(line.cluster, {
          ...requests.get(line.cluster),
          ...line.requested,
        });
        break;
      case 'done':
      case 'failed': {
        const { cluster } = line;
        const nodes = waiting.get(cluster) ?? [];
        waiting.delete(cluster);
        if (nodes.length > 0) {
          yield { type: 'columns', cluster, columns: columns() };
        }
        for (const { at, nodes: items } of nodes) {
          const rows = items.map(node => rowOf(node, requests.get(cluster)));
          yield { type: 'rows', cluster, at, rows };
        }
        yield line;
        break;
      }
      default:
        yield line;
    }
  }
}

function columns(): ResourceColumn[] {
  return COLUMNS.map(({ name, description, isExtra }) => ({
    name,
    type: 'string',
    priority: isExtra ? 1 : 0,
    ...(description && { description }),
  }));
}

function rowOf(node: ClusterNode, requested: Requested = {}): ResourceRow {
  const { name, createdAt } = node;
  return {
    name,
    cells: COLUMNS.map(({ cell }) => cell(node, requested[name])),
    ...(createdAt && { createdAt }),
  };
}

function statusOf(node: ClusterNode): string {
  return [
    node.ready ? 'Ready' : 'NotReady',
    node.cordoned && 'SchedulingDisabled',
    ...(node.ready ? troublesOf(node) : []),
  ]
    .filter(Boolean)
    .join(',');
}

/** Returns the conditions that are a problem: all but `Ready` should be false. */
function troublesOf({ conditions }: ClusterNode): string[] {
  return conditions
    .filter(({ type, status }) =>
      type === 'Ready' ? status !== 'True' : status !== 'False',
    )
    .map(({ type, status }) => (status === 'Unknown' ? `${type}?` : type));
}

/** Writes how much of a resource the pods on a node ask for, such as `2.5 of 8`. */
function share(
  { allocatable }: ClusterNode,
  requested: Record<string, string> | undefined,
  resource: string,
): string | null {
  const most = allocatable[resource];
  if (most === undefined) {
    return null;
  }
  const asked = requested?.[resource] ?? (requested ? '0' : undefined);
  return asked === undefined
    ? amountOf(most, resource)
    : `${amountOf(asked, resource)} of ${amountOf(most, resource)}`;
}

const GIBI = 1024 ** 3;

function amountOf(text: string, resource: string): string {
  const amount = Quantity.parse(text).toNumber();
  return resource === 'memory'
    ? `${Math.round((amount / GIBI) * 10) / 10}Gi`
    : `${Math.round(amount * 100) / 100}`;
}
