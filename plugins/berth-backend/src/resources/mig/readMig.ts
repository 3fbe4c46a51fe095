import { InputError } from '@backstage/errors';
import { NodeMig } from '@berth/plugin-berth-common';
import { failureOf } from '../failures';
import { JsonRecord, textAt, valueAt } from '../objects/json';
import { ObjectCalls } from '../objects/ObjectCalls';
import { gpuPodsOf } from './gpuPods';
import { migConfigurationsOf } from './migConfigurations';
import { migLabelsOf } from './migLabels';

/** Where the GPU operator keeps the configurations by default. */
const OPERATOR_NAMESPACE = 'gpu-operator';
const CONFIG_MAP = 'default-mig-parted-config';

const OPERATOR_GROUP = 'nvidia.com';

/** Reads how the GPUs of a node are divided. What the person may not read is absent, with the reason. */
export async function readMig(
  calls: ObjectCalls,
  name: string,
): Promise<NodeMig> {
  const node = await calls.get(await calls.kind('core', 'nodes'), { name });
  const [configurations, pods] = await Promise.all([
    orProblem(calls.cluster, () => readConfigurations(calls)),
    orProblem(calls.cluster, () => readPods(calls, name)),
  ]);
  return {
    ...migLabelsOf(node),
    uid: textAt(node, 'metadata', 'uid') ?? '',
    cordoned: valueAt(node, 'spec', 'unschedulable') === true,
    configurations: configurations.value,
    configurationsProblem: configurations.problem,
    pods: pods.value,
    podsProblem: pods.problem,
  };
}

async function readConfigurations(calls: ObjectCalls) {
  const [policy] = await readPolicies(calls);
  const kind = await calls.kind('core', 'configmaps');
  const key = {
    namespace: textAt(policy, 'status', 'namespace') ?? OPERATOR_NAMESPACE,
    name: textAt(policy, 'spec', 'migManager', 'config', 'name') ?? CONFIG_MAP,
  };
  const configMap = await calls.get(kind, key);
  try {
    return migConfigurationsOf(configMap);
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(
        `ConfigMap ${key.namespace}/${key.name} holds no MIG configurations: ${error.message}`,
      );
    }
    throw error;
  }
}

/** Returns the ClusterPolicy of the GPU operator, if there is one and the person may read it. */
async function readPolicies(calls: ObjectCalls): Promise<JsonRecord[]> {
  const found = await orProblem(calls.cluster, async () => {
    const kind = await calls.kind(OPERATOR_GROUP, 'clusterpolicies');
    return calls.list(kind, {});
  });
  return found.value ?? [];
}

async function readPods(calls: ObjectCalls, node: string) {
  const kind = await calls.kind('core', 'pods');
  return gpuPodsOf(
    await calls.list(kind, { fieldSelector: `spec.nodeName=${node}` }),
  );
}

/** Returns a value, or why the cluster does not give it. */
async function orProblem<T>(
  cluster: string,
  read: () => Promise<T>,
): Promise<{ value?: T; problem?: string }> {
  try {
    return { value: await read() };
  } catch (error) {
    return {
      problem:
        error instanceof InputError
          ? error.message
          : failureOf(error, cluster).message,
    };
  }
}
