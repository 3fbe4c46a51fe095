import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import type { Asked } from '../../../kit';
import { kindOf } from '../kinds';
import { at, mapAt } from '../reading';

export const ACTIONS = [
  'scale',
  'restart',
  'rollBack',
  'pause',
  'resume',
  'runNow',
  'suspend',
  'continue',
  'cordon',
  'uncordon',
  'changeMig',
  'edit',
  'delete',
] as const;

/** Something that a person can do with an object. */
export type ActionId = (typeof ACTIONS)[number];

/** What a cluster must allow for an action. */
export interface Needed {
  verb: string;
  asked: Asked;
}

const KINDS: Partial<Record<ActionId, string[]>> = {
  scale: ['apps/deployments', 'apps/statefulsets', 'apps/replicasets'],
  restart: ['apps/deployments', 'apps/statefulsets', 'apps/daemonsets'],
  rollBack: ['apps/deployments', 'apps/statefulsets', 'apps/daemonsets'],
  pause: ['apps/deployments'],
  resume: ['apps/deployments'],
  runNow: ['batch/cronjobs'],
  suspend: ['batch/cronjobs', 'batch/jobs'],
  continue: ['batch/cronjobs', 'batch/jobs'],
  cordon: ['core/nodes'],
  uncordon: ['core/nodes'],
  changeMig: ['core/nodes'],
};

/** Actions of which only one makes sense, by a field of the object. */
const SWITCHES: Partial<Record<ActionId, { path: string; when: boolean }>> = {
  pause: { path: 'spec.paused', when: false },
  resume: { path: 'spec.paused', when: true },
  suspend: { path: 'spec.suspend', when: false },
  continue: { path: 'spec.suspend', when: true },
  cordon: { path: 'spec.unschedulable', when: false },
  uncordon: { path: 'spec.unschedulable', when: true },
};

/** Returns the actions that make sense for an object in its state. */
export function actionsOf(
  address: ObjectAddress,
  object: ObjectView['object'],
): ActionId[] {
  const kind = kindOf(address);
  return ACTIONS.filter(action => {
    const isOfKind = KINDS[action]?.includes(kind) ?? true;
    const { path, when } = SWITCHES[action] ?? {};
    return (
      isOfKind &&
      (path === undefined || (at(object, path) === true) === when) &&
      (action !== 'changeMig' || hasMig(object))
    );
  });
}

/** Returns whether MIG can divide GPUs of a node. */
function hasMig(node: ObjectView['object']): boolean {
  const labels = mapAt(node, 'metadata.labels');
  return (
    labels['nvidia.com/mig.capable'] === 'true' ||
    labels['nvidia.com/mig.config'] !== undefined
  );
}

/** Returns what a cluster must allow for an action on an object. */
export function neededFor(action: ActionId, address: ObjectAddress): Needed {
  const { group, plural, name } = address;
  const asked: Asked = { group, plural, name };
  switch (action) {
    case 'scale':
      return { verb: 'patch', asked: { ...asked, subresource: 'scale' } };
    case 'runNow':
      return { verb: 'create', asked: { group: 'batch', plural: 'jobs' } };
    case 'delete':
      return { verb: 'delete', asked };
    default:
      return { verb: 'patch', asked };
  }
}
