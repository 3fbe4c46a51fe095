import { Quantity } from '@berth/plugin-berth-common';
import { isRecord } from './readList';

const MAX_QUANTITY_LENGTH = 40;

interface Amounts {
  CurrentUsage: number;
  RequestTotal: number;
  LimitTotal: number;
}

/** The requests and the use of a container or a whole pod: CPU in cores, memory in bytes. */
interface Use {
  cpu: Amounts;
  memory: Amounts;
}

type Json = Record<string, unknown>;

/**
 * Computes the use of each pod, in the form that the Kubernetes plugin shows. Anything in the objects may be of
 * another type than Kubernetes documents; that counts as nothing.
 *
 * @param metrics - PodMetrics of the same namespace
 */
export function podStatuses(pods: Json[], metrics: Json[]) {
  const used = new Map(metrics.map(item => [nameOf(item.metadata), item]));
  return pods.map(pod => {
    const name = nameOf(pod.metadata);
    const containerUse = new Map(
      records(name === undefined ? [] : used.get(name)?.containers).map(
        item => [item.name, asRecord(item.usage)],
      ),
    );
    const containers = records(asRecord(pod.spec).containers).map(
      container => ({
        container: container.name,
        isMeasured: containerUse.has(container.name),
        use: useOf(container, containerUse.get(container.name) ?? {}),
      }),
    );
    return {
      Pod: pod,
      CPU: total(containers.map(({ use }) => use.cpu)),
      Memory: total(containers.map(({ use }) => use.memory)),
      Containers: containers
        .filter(({ isMeasured }) => isMeasured)
        .map(({ container, use }) => ({
          Container: String(container),
          CPUUsage: use.cpu,
          MemoryUsage: use.memory,
        })),
    };
  });
}

function useOf(container: Json, usage: Json): Use {
  const resources = asRecord(container.resources);
  const amounts = (resource: string): Amounts => ({
    CurrentUsage: amount(usage[resource]),
    RequestTotal: amount(asRecord(resources.requests)[resource]),
    LimitTotal: amount(asRecord(resources.limits)[resource]),
  });
  return { cpu: amounts('cpu'), memory: amounts('memory') };
}

function total(all: Amounts[]): Amounts {
  const sum = { CurrentUsage: 0, RequestTotal: 0, LimitTotal: 0 };
  for (const { CurrentUsage, RequestTotal, LimitTotal } of all) {
    sum.CurrentUsage += CurrentUsage;
    sum.RequestTotal += RequestTotal;
    sum.LimitTotal += LimitTotal;
  }
  return sum;
}

function amount(value: unknown): number {
  if (typeof value !== 'string' || value.length > MAX_QUANTITY_LENGTH) {
    return 0;
  }
  try {
    return Quantity.parse(value).toNumber();
  } catch {
    return 0;
  }
}

function nameOf(metadata: unknown): unknown {
  return asRecord(metadata).name;
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function asRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}
