import type { V1ResourceQuotaSpec } from '@kubernetes/client-node';
import { QuotaLimits } from '@berth/plugin-berth-common';
import { KubeObject } from '../kube';
import { QUOTA_NAME } from './status/StatusRecorder';
import { QuotaRecord } from '../model/tenancy';

/** A ResourceQuota, as far as we write it. */
export interface ResourceQuotaObject extends KubeObject {
  spec: V1ResourceQuotaSpec;
}

/** A LimitRange, as far as we write it. */
export interface LimitRangeObject extends KubeObject {
  spec: { limits: QuotaLimits[] };
}

type Labels = Record<string, string>;

export function resourceQuota(
  { namespace, hard, priorityClasses }: QuotaRecord,
  labels: Labels,
): ResourceQuotaObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: QUOTA_NAME, namespace, labels },
    spec: {
      hard,
      ...(priorityClasses.length > 0 && {
        scopeSelector: {
          matchExpressions: [
            {
              scopeName: 'PriorityClass',
              operator: 'In',
              values: priorityClasses,
            },
          ],
        },
      }),
    },
  };
}

export function limitRange(
  { namespace, limits }: QuotaRecord,
  labels: Labels,
): LimitRangeObject {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: QUOTA_NAME, namespace, labels },
    spec: { limits: limits.map(completed) },
  };
}

/**
 * Adds all defaults of the API server, so that the stored object equals the desired one.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/limit-range-v1/
 */
function completed(item: QuotaLimits): QuotaLimits {
  const { type, max, min } = item;
  if (type !== 'Container') {
    return { type, ...(max && { max }), ...(min && { min }) };
  }
  const limits = { ...max, ...item.default };
  const requests = { ...min, ...limits, ...item.defaultRequest };
  return {
    type,
    ...(max && { max }),
    ...(min && { min }),
    ...(Object.keys(limits).length > 0 && { default: limits }),
    ...(Object.keys(requests).length > 0 && { defaultRequest: requests }),
  };
}
