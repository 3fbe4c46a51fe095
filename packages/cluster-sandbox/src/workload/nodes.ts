import { timestamp } from '../registry/metadata';
import { JsonObject, KubeObject } from '../types';

interface Shape {
  suffix: string;
  role: 'control-plane' | 'worker';
  cpu: string;
  allocatableCpu: string;
  memory: string;
  allocatableMemory: string;
  gpus?: number;
}

const SHAPES: Shape[] = [
  {
    suffix: 'control-plane-1',
    role: 'control-plane',
    cpu: '4',
    allocatableCpu: '3800m',
    memory: '16374592Ki',
    allocatableMemory: '15350592Ki',
  },
  ...[1, 2, 3].map(
    (number): Shape => ({
      suffix: `worker-${number}`,
      role: 'worker',
      cpu: '16',
      allocatableCpu: '15890m',
      memory: '65498368Ki',
      allocatableMemory: '63401216Ki',
    }),
  ),
];

const GPU_SHAPE: Shape = {
  suffix: 'gpu-1',
  role: 'worker',
  cpu: '48',
  allocatableCpu: '47810m',
  memory: '197918720Ki',
  allocatableMemory: '194772992Ki',
  gpus: 4,
};

/** Returns the nodes of a lively cluster. */
export function livelyNodes(
  cluster: string,
  version: string,
  gpus: boolean,
): KubeObject[] {
  const shapes = gpus ? [...SHAPES, GPU_SHAPE] : SHAPES;
  return shapes.map((shape, index) => node(cluster, version, shape, index));
}

function node(
  cluster: string,
  version: string,
  shape: Shape,
  index: number,
): KubeObject {
  const name = `${cluster}-${shape.suffix}`;
  const gpuCount = shape.gpus ? { 'nvidia.com/gpu': `${shape.gpus}` } : {};
  const common = {
    'ephemeral-storage': '103880232Ki',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    pods: '110',
    ...gpuCount,
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': `zone-${'abc'[index % 3]}`,
        ...(shape.role === 'control-plane' && {
          'node-role.kubernetes.io/control-plane': '',
        }),
        ...(shape.gpus && {
          'nvidia.com/gpu.present': 'true',
          'nvidia.com/gpu.product': 'NVIDIA-A100-SXM4-40GB',
          'nvidia.com/gpu.count': `${shape.gpus}`,
          'nvidia.com/gpu.memory': '40960',
          'nvidia.com/mig.capable': 'true',
          'nvidia.com/mig.config': 'all-disabled',
          'nvidia.com/mig.config.state': 'success',
          'nvidia.com/mig.strategy': 'single',
        }),
      },
    },
    spec: {
      podCIDR: `10.244.${index}.0/24`,
      podCIDRs: [`10.244.${index}.0/24`],
      providerID: `sandbox://${name}`,
      ...(shape.role === 'control-plane' && {
        taints: [
          {
            key: 'node-role.kubernetes.io/control-plane',
            effect: 'NoSchedule',
          },
        ],
      }),
    },
    status: {
      capacity: { cpu: shape.cpu, memory: shape.memory, ...common },
      allocatable: {
        cpu: shape.allocatableCpu,
        memory: shape.allocatableMemory,
        ...common,
      },
      conditions: conditions(),
      addresses: [
        { type: 'InternalIP', address: `10.0.0.${10 + index}` },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        architecture: 'amd64',
        bootID: '5a1f2c36-9b1d-4c7e-8f2a-6d9c3b7e0a11',
        containerRuntimeVersion: 'containerd://2.1.1',
        kernelVersion: '6.1.0-37-amd64',
        kubeProxyVersion: version,
        kubeletVersion: version,
        machineID: '3f6c1a9e5b7d4c2f8e0a1b2c3d4e5f60',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '9c8b7a65-4321-4fed-8cba-0123456789ab',
      },
    },
  };
}

function conditions(): JsonObject[] {
  const now = timestamp();
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  });
  return [
    condition(
      'MemoryPressure',
      'False',
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ),
    condition(
      'DiskPressure',
      'False',
      'KubeletHasNoDiskPressure',
      'kubelet has no disk pressure',
    ),
    condition(
      'PIDPressure',
      'False',
      'KubeletHasSufficientPID',
      'kubelet has sufficient PID available',
    ),
    condition(
      'Ready',
      'True',
      'KubeletReady',
      'kubelet is posting ready status',
    ),
  ];
}
