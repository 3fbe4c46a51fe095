import { NodeMig } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt, recordsAt, textAt } from '../objects/json';
import { PodRequests } from '../nodes/PodRequests';

type GpuPod = NonNullable<NodeMig['pods']>[number];

const NVIDIA = 'nvidia.com/';

/** Describes the pods that use GPUs or parts of them. Pods that ended hold none. */
export function gpuPodsOf(pods: JsonRecord[]): GpuPod[] {
  return pods.flatMap(pod => {
    const resources = gpusOf(pod);
    const controller = recordsAt(pod, 'metadata', 'ownerReferences').find(
      reference => reference.controller === true,
    );
    return Object.keys(resources).length === 0
      ? []
      : [
          {
            namespace: textAt(pod, 'metadata', 'namespace') ?? '',
            name: textAt(pod, 'metadata', 'name') ?? '',
            ...(controller && {
              owner: {
                kind: textAt(controller, 'kind') ?? '',
                name: textAt(controller, 'name') ?? '',
              },
            }),
            resources,
          },
        ];
  });
}

function gpusOf(pod: JsonRecord): Record<string, string> {
  const sum = new PodRequests();
  const spec = recordAt(pod, 'spec');
  sum.add({
    ...pod,
    spec: {
      ...spec,
      containers: recordsAt(spec, 'containers').map(withLimits),
      initContainers: recordsAt(spec, 'initContainers').map(withLimits),
    },
  });
  const [amounts = {}] = Object.values(sum.toRecord());
  return Object.fromEntries(
    Object.entries(amounts).filter(
      ([name, amount]) => name.startsWith(NVIDIA) && amount !== '0',
    ),
  );
}

/** GPUs are asked for by limits, which are the requests if there are no others. */
function withLimits(container: JsonRecord): JsonRecord {
  return {
    ...container,
    resources: {
      requests: {
        ...recordAt(container, 'resources', 'limits'),
        ...recordAt(container, 'resources', 'requests'),
      },
    },
  };
}
