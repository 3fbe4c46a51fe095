import { KubeObject } from '../types';
import { ageColumn, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const core = { group: '', version: 'v1' };

export const nodes: ResourceDefinition = {
  ...core,
  plural: 'nodes',
  singular: 'node',
  kind: 'Node',
  namespaced: false,
  shortNames: ['no'],
  hasStatus: true,
  columns: [
    nameColumn,
    text('Status', nodeStatus),
    text('Roles', nodeRoles),
    ageColumn,
    text('Version', object => object.status?.nodeInfo?.kubeletVersion ?? ''),
    text('Internal-IP', object => nodeAddress(object, 'InternalIP'), 1),
    text('External-IP', object => nodeAddress(object, 'ExternalIP'), 1),
    text('OS-Image', object => object.status?.nodeInfo?.osImage, 1),
    text('Kernel-Version', object => object.status?.nodeInfo?.kernelVersion, 1),
    text(
      'Container-Runtime',
      object => object.status?.nodeInfo?.containerRuntimeVersion,
      1,
    ),
  ],
  fields: object => ({
    'spec.unschedulable': `${object.spec?.unschedulable ?? false}`,
  }),
};

function nodeStatus(node: KubeObject): string {
  const ready = node.status?.conditions?.find(
    (condition: { type: string }) => condition.type === 'Ready',
  );
  const words = ['Unknown'];
  if (ready) {
    words[0] = ready.status === 'True' ? 'Ready' : 'NotReady';
  }
  if (node.spec?.unschedulable) {
    words.push('SchedulingDisabled');
  }
  return words.join(',');
}

function nodeRoles(node: KubeObject): string | undefined {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length))
    .sort();
  return roles.length ? roles.join(',') : undefined;
}

function nodeAddress(node: KubeObject, type: string): string | undefined {
  return node.status?.addresses?.find(
    (address: { type: string }) => address.type === type,
  )?.address;
}
