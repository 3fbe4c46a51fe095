import { InputError } from '@backstage/errors';
import { ClusterNode, Quantity } from '@berth/plugin-berth-common';
import { gpusOf } from '../../model/gpus';
import { isRecord } from '../values';

const ROLE = 'node-role.kubernetes.io/';
const MAX_ITEMS = 100;
const MAX_TEXT = 1_000;

type Texts = Record<string, string>;

/** Describes a node of the API server; undefined if it has no name. The server is not trusted. */
export function presentNode(item: unknown): ClusterNode | undefined {
  const { metadata, spec, status } = partsOf(item, [
    'metadata',
    'spec',
    'status',
  ]);
  const name = textOf(metadata.name);
  if (name === undefined) {
    return undefined;
  }
  const { nodeInfo } = partsOf(status, ['nodeInfo']);
  const labels = textsOf(metadata.labels);
  const capacity = quantitiesOf(status.capacity);
  const conditions = recordsOf(status.conditions).map(condition => ({
    type: textOf(condition.type) ?? '',
    status: textOf(condition.status) ?? 'Unknown',
    reason: textOf(condition.reason),
    message: textOf(condition.message),
    since: textOf(condition.lastTransitionTime),
  }));
  return {
    name,
    uid: textOf(metadata.uid),
    createdAt: textOf(metadata.creationTimestamp),
    ready: conditions.some(
      ({ type, status: state }) => type === 'Ready' && state === 'True',
    ),
    cordoned: spec.unschedulable === true,
    conditions,
    roles: Object.keys(labels)
      .filter(label => label.startsWith(ROLE))
      .map(label => label.slice(ROLE.length))
      .sort(),
    version: textOf(nodeInfo.kubeletVersion),
    architecture: textOf(nodeInfo.architecture),
    taints: recordsOf(spec.taints).map(taint => ({
      key: textOf(taint.key) ?? '',
      value: textOf(taint.value),
      effect: textOf(taint.effect) ?? '',
    })),
    capacity,
    allocatable: quantitiesOf(status.allocatable),
    gpu: gpuOf(capacity, labels),
  };
}

function gpuOf(capacity: Texts, labels: Texts): ClusterNode['gpu'] {
  const product = labels['nvidia.com/gpu.product'];
  const { advertised, physical } = gpusOf(
    new Map(
      Object.entries(capacity).map(([name, amount]) => [
        name,
        Quantity.parse(amount),
      ]),
    ),
    labels,
  );
  if (product === undefined && advertised === 0 && !physical) {
    return undefined;
  }
  return {
    advertised,
    physical,
    product,
    memory: labels['nvidia.com/gpu.memory'],
    sharingStrategy: labels['nvidia.com/gpu.sharing-strategy'],
    replicas: labels['nvidia.com/gpu.replicas'],
    migStrategy: labels['nvidia.com/mig.strategy'],
    migConfig: labels['nvidia.com/mig.config'],
    migConfigState: labels['nvidia.com/mig.config.state'],
    devicePluginConfig: labels['nvidia.com/device-plugin.config'],
  };
}

/** Leaves out what is not a quantity. */
function quantitiesOf(value: unknown): Texts {
  return Object.fromEntries(
    Object.entries(textsOf(value)).filter(([, amount]) => isQuantity(amount)),
  );
}

function isQuantity(text: string): boolean {
  try {
    return text.length <= 64 && Quantity.parse(text) !== undefined;
  } catch (error) {
    if (error instanceof InputError) {
      return false;
    }
    throw error;
  }
}

function textsOf(value: unknown): Texts {
  return Object.fromEntries(
    Object.entries(isRecord(value) ? value : {})
      .filter(([, text]) => ['number', 'string'].includes(typeof text))
      .map(([key, text]) => [key, String(text).slice(0, MAX_TEXT)])
      .slice(0, 3 * MAX_ITEMS),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? value.slice(0, MAX_TEXT)
    : undefined;
}

function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord).slice(0, MAX_ITEMS) : [];
}

function partsOf<K extends string>(
  value: unknown,
  names: K[],
): Record<K, Record<string, unknown>> {
  return Object.fromEntries(
    names.map(name => {
      const part = isRecord(value) ? value[name] : undefined;
      return [name, isRecord(part) ? part : {}];
    }),
  ) as Record<K, Record<string, unknown>>;
}
