import { InputError } from '@backstage/errors';
import { Quantity } from '@berth/plugin-berth-common';
import {
  isKubeError,
  KubeCallOptions,
  KubeClient,
  KubeError,
  KubeObject,
  NODES,
} from '../../kube';
import { shown } from '../../tenancy/shown';
import { ClusterFigures, ProbeResult } from '../types';
import { describeFailure } from './describeFailure';

const MAX_LENGTH = 64;
const MAX = Quantity.of(2n ** 63n - 1n);

interface Node extends KubeObject {
  status?: { capacity?: Record<string, unknown> };
}

/**
 * Asks a cluster for its version and nodes.
 *
 * @returns what was found, which may be a failure of the cluster
 * @throws what is not the cluster's failure, such as that of signing a token
 */
export async function probeCluster(
  client: KubeClient,
  options?: KubeCallOptions,
): Promise<ProbeResult> {
  try {
    const { gitVersion } = await client.version(options);
    return {
      state: 'Connected',
      version: gitVersion,
      ...(await sumCapacity(client.list<Node>(NODES, {}, options))),
    };
  } catch (error) {
    if (isKubeError(error)) {
      return describeFailure(error);
    }
    throw error;
  }
}

async function sumCapacity(
  nodes: AsyncIterable<Node>,
): Promise<Omit<ClusterFigures, 'version'>> {
  let count = 0;
  let cpu = Quantity.zero;
  let memory = Quantity.zero;
  let gpus = Quantity.zero;
  for await (const node of nodes) {
    count += 1;
    for (const [resource, amount] of Object.entries(
      node.status?.capacity ?? {},
    )) {
      if (resource === 'cpu') {
        cpu = cpu.add(parseCapacity(node, resource, amount));
      } else if (resource === 'memory') {
        memory = memory.add(parseCapacity(node, resource, amount));
      } else if (resource.endsWith('/gpu')) {
        gpus = gpus.add(parseCapacity(node, resource, amount));
      }
    }
  }
  return {
    nodes: count,
    cpu: cpu.toString(),
    memory: memory.toString(),
    gpus: gpus.toNumber(),
  };
}

/** What is longer or larger than an API server lets through comes from something else. */
function parseCapacity(
  node: Node,
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
    `Node ${shown(node.metadata.name)} has a capacity of ${shown(
      amount,
    )} for ${shown(resource)}, which cannot be`,
  );
}
