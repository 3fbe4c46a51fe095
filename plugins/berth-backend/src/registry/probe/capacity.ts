import { InputError } from '@backstage/errors';
import { Quantity } from '@berth/plugin-berth-common';
import { KubeError, KubeObject } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterFigures } from '../../model/clusters';
import { AllocatableSum } from './allocatable';
import { gpusOf } from '../../model/gpus';

const MAX_LENGTH = 64;
const MAX = Quantity.of(2n ** 63n - 1n);

/** The fields of a node that are counted. */
export interface CapacityNode extends KubeObject {
  status?: {
    capacity?: Record<string, unknown>;
    allocatable?: Record<string, unknown>;
  };
}

/**
 * Sums the capacity of nodes.
 *
 * @throws KubeError `Protocol` if the capacity of a node is not valid
 */
export async function sumCapacity(
  nodes: AsyncIterable<CapacityNode>,
): Promise<Omit<ClusterFigures, 'version'>> {
  let count = 0;
  let cpu = Quantity.zero;
  let memory = Quantity.zero;
  let pods = Quantity.zero;
  let gpus: number | undefined = 0;
  let advertisedGpus = 0;
  const allocatable = new AllocatableSum();
  for await (const node of nodes) {
    count += 1;
    const { status, metadata } = node;
    const capacity = Object.entries(status?.capacity ?? {}).map(
      ([resource, amount]): [string, Quantity] => [
        resource,
        parseCapacity(node, resource, amount),
      ],
    );
    const sum = new Map(capacity);
    for (const [name, amount] of Object.entries(status?.allocatable ?? {})) {
      allocatable.add(name, parseCapacity(node, name, amount));
    }
    cpu = cpu.add(sum.get('cpu') ?? Quantity.zero);
    memory = memory.add(sum.get('memory') ?? Quantity.zero);
    pods = pods.add(sum.get('pods') ?? Quantity.zero);
    const ofNode = gpusOf(sum, metadata.labels ?? {});
    advertisedGpus += ofNode.advertised;
    gpus =
      gpus === undefined || ofNode.physical === undefined
        ? undefined
        : gpus + ofNode.physical;
  }
  return {
    nodes: count,
    cpu: cpu.toString(),
    memory: memory.toString(),
    pods: pods.toNumber(),
    ...(gpus !== undefined && { gpus }),
    advertisedGpus,
    allocatable: allocatable.toRecord(),
  };
}

/** No API server accepts longer or larger values, so they come from something else. */
function parseCapacity(
  node: CapacityNode,
  resource: string,
  amount: unknown,
): Quantity {
  const text = String(amount);
  try {
    if (text.length <= MAX_LENGTH) {
      const capacity = Quantity.parse(text);
      if (capacity.compare(Quantity.zero) >= 0 && capacity.compare(MAX) <= 0) {
        return capacity;
      }
    }
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
  }
  throw new KubeError(
    'Protocol',
    `Node ${quoteUntrusted(
      node.metadata.name,
    )} has a capacity of ${quoteUntrusted(amount)} for ${quoteUntrusted(
      resource,
    )}, which cannot be`,
  );
}
