import { JsonObject } from '../types';

const TEMPLATE = { metadata: {}, spec: { containers: [] } };

/** Parts that Kubernetes' types always have, so that filling them gives them no owner. */
const PARTS: Record<string, JsonObject> = {
  Deployment: { spec: { strategy: {}, template: TEMPLATE } },
  ReplicaSet: { spec: { template: TEMPLATE } },
  StatefulSet: { spec: { template: TEMPLATE, updateStrategy: {} } },
  DaemonSet: { spec: { template: TEMPLATE, updateStrategy: {} } },
  Job: { spec: { template: TEMPLATE } },
  CronJob: {
    spec: {
      jobTemplate: { metadata: {}, spec: { template: TEMPLATE } },
    },
  },
  Pod: { spec: { containers: [] } },
};

/** Returns an object of a kind before the first write. */
export function emptyObject(kind: string): JsonObject {
  return { metadata: {}, spec: {}, status: {}, ...PARTS[kind] };
}
