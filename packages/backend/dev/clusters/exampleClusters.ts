/** A sandbox cluster that the dev portal starts with. */
export interface ExampleCluster {
  name: string;
  title: string;
  gpus: boolean;
  /** Entity refs of the groups that it is shared with. */
  groups: string[];
}

export const EXAMPLE_ADMIN = 'user:default/ada';

export const EXAMPLE_CLUSTERS: ExampleCluster[] = [
  {
    name: 'staging',
    title: 'Staging',
    gpus: false,
    groups: ['group:default/team-a', 'group:default/team-b'],
  },
  {
    name: 'gpulab',
    title: 'GPU lab',
    gpus: true,
    groups: ['group:default/engineering'],
  },
];
