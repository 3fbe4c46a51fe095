import { Quantity } from '@berth/plugin-berth-common';

/** The GPUs of a node. */
export interface Gpus {
  /** The number of GPUs; undefined if the node does not report it. */
  physical?: number;
  /** The number of GPUs that the node offers to pods. */
  advertised: number;
}

const NVIDIA = 'nvidia.com/';
const COUNT_LABEL = 'nvidia.com/gpu.count';
const PRODUCT_LABEL = 'nvidia.com/gpu.product';
const REPLICAS_LABEL = 'nvidia.com/gpu.replicas';

/**
 * Counts the physical and the offered GPUs of a node: time-slicing offers each GPU several times, and MIG offers
 * parts of GPUs. The labels of NVIDIA's GPU feature discovery give the physical number, except with MIG, where they
 * count the parts.
 *
 * @see https://github.com/NVIDIA/k8s-device-plugin/tree/main/docs/gpu-feature-discovery
 */
export function gpusOf(
  capacity: ReadonlyMap<string, Quantity>,
  labels: Record<string, string>,
): Gpus {
  let nvidia = 0;
  let others = 0;
  let partitioned = labels[PRODUCT_LABEL]?.includes('-MIG-') ?? false;
  for (const [resource, amount] of capacity) {
    if (isNvidiaGpu(resource)) {
      nvidia += amount.toNumber();
      partitioned ||= resource.startsWith(`${NVIDIA}mig-`) && !amount.isZero();
    } else if (isOtherGpu(resource)) {
      others += amount.toNumber();
    }
  }
  const advertised = nvidia + others;
  return partitioned
    ? { advertised }
    : { advertised, physical: others + physicalNvidia(nvidia, labels) };
}

function physicalNvidia(
  advertised: number,
  labels: Record<string, string>,
): number {
  const replicas = numberIn(labels[REPLICAS_LABEL]) ?? 1;
  return (
    numberIn(labels[COUNT_LABEL]) ??
    Math.ceil(advertised / Math.max(replicas, 1))
  );
}

/** Matches `gpu`, its name `gpu.shared` with sharing, and the parts of MIG such as `mig-1g.5gb`. */
function isNvidiaGpu(resource: string): boolean {
  return /^nvidia\.com\/(gpu|gpu\.shared|mig-[0-9a-z.-]+)$/.test(resource);
}

function isOtherGpu(resource: string): boolean {
  return (
    /^[^/]+\/gpu$/.test(resource) ||
    resource === 'gpu.intel.com/i915' ||
    resource === 'gpu.intel.com/xe'
  );
}

function numberIn(label: string | undefined): number | undefined {
  return label !== undefined && /^\d{1,6}$/.test(label)
    ? Number(label)
    : undefined;
}
