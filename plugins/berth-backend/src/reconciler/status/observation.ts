import type {
  V1NamespaceStatus,
  V1ResourceQuotaStatus,
} from '@kubernetes/client-node';
import { Quantity } from '@berth/plugin-berth-common';
import { KubeObject } from '../../kube';
import { NamespaceObservation } from '../../model/tenancy';

const MAX_LISTED = 10;
const MAX_LENGTH = 500;
const MAX_RESOURCES = 200;
const MAX_QUANTITY_LENGTH = 64;

/** A Namespace as a cluster reports it. No field is trusted to have its documented type. */
export interface ObservedNamespace extends KubeObject {
  metadata: KubeObject['metadata'] & { finalizers?: unknown };
  spec?: { finalizers?: unknown };
  status?: V1NamespaceStatus;
}

/** A ResourceQuota as a cluster reports it. */
export interface ObservedQuota extends KubeObject {
  status?: V1ResourceQuotaStatus;
}

/** Returns the part of a Namespace that people see. */
export function observeNamespace(
  seen: ObservedNamespace,
): NamespaceObservation {
  const { uid, deletionTimestamp } = seen.metadata;
  const terminating =
    deletionTimestamp !== undefined || seen.status?.phase === 'Terminating';
  if (!terminating) {
    return { phase: 'Active', uid };
  }
  return {
    phase: 'Terminating',
    uid,
    terminating: {
      ...(deletionTimestamp !== undefined && { since: deletionTimestamp }),
      finalizers: [
        ...texts(seen.spec?.finalizers),
        ...texts(seen.metadata.finalizers),
      ].slice(0, MAX_LISTED),
      conditions: conditionsOf(seen.status),
    },
  };
}

/** Returns the use of a ResourceQuota's resources, without values that are not quantities. */
export function observeQuota(seen: ObservedQuota): Record<string, string> {
  const used: unknown = seen.status?.used;
  if (typeof used !== 'object' || used === null) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(used)
      .slice(0, MAX_RESOURCES)
      .flatMap(([name, amount]) => {
        const quantity = readQuantity(amount);
        return quantity === undefined ? [] : [[name, quantity]];
      }),
  );
}

/** Returns the conditions that describe what remains: the API server sets them all, most with "nothing". */
function conditionsOf(status: V1NamespaceStatus | undefined) {
  const conditions: unknown = status?.conditions;
  return (Array.isArray(conditions) ? conditions : [])
    .filter(condition => condition?.status === 'True')
    .slice(0, MAX_LISTED)
    .map(({ type, message }) => ({
      type: String(type).slice(0, MAX_LENGTH),
      message: String(message ?? '').slice(0, MAX_LENGTH),
    }));
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.map(item => String(item).slice(0, MAX_LENGTH))
    : [];
}

function readQuantity(amount: unknown): string | undefined {
  const text = String(amount);
  if (text.length > MAX_QUANTITY_LENGTH) {
    return undefined;
  }
  try {
    return Quantity.parse(text).toString();
  } catch {
    return undefined;
  }
}
