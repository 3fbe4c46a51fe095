import { NodePlacement, Toleration } from '@berth/plugin-berth-common';
import { PACK_ANNOTATIONS, PACK_LABELS } from '../../policyPack';
import { NamespaceFields } from './types';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/**
 * Returns the fields of a namespace whose pods run on certain nodes. With `enforce`, the pods may name no other nodes and
 * tolerate no other taints, also if there are no nodes to choose.
 */
export function placementFields(
  { nodeSelector = {}, tolerations = [] }: NodePlacement,
  enforce: boolean,
): NamespaceFields {
  const selector = Object.entries(nodeSelector)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
  const tolerated = [...new Set(tolerations.flatMap(textsOf))].sort().join(',');
  if (!enforce && !selector && !tolerated) {
    return {};
  }
  return {
    labels: { [PACK_LABELS.placement]: enforce ? 'enforced' : 'set' },
    annotations: {
      [PACK_ANNOTATIONS.nodeSelector]: selector,
      ...(tolerated && { [PACK_ANNOTATIONS.tolerations]: tolerated }),
    },
  };
}

/**
 * Adds the nodes of a size class to those of a profile. Of labels with the same key, those of the class count: the class
 * is for some of the namespaces of the profile, and admins decide who gets it.
 */
export function withNodesOfClass(
  ofProfile: NodePlacement,
  ofClass: NodePlacement = {},
): NodePlacement {
  return {
    nodeSelector: { ...ofProfile.nodeSelector, ...ofClass.nodeSelector },
    tolerations: [
      ...(ofProfile.tolerations ?? []),
      ...(ofClass.tolerations ?? []),
    ],
  };
}

/** Returns the labels of nodes of a profile that those of a size class replace, such as `pool=general`. */
export function replacedLabels(
  { nodeSelector: ofProfile = {} }: NodePlacement,
  { nodeSelector: ofClass = {} }: NodePlacement,
): string[] {
  return Object.entries(ofProfile)
    .filter(
      ([key, value]) => Object.hasOwn(ofClass, key) && ofClass[key] !== value,
    )
    .map(([key, value]) => `${key}=${value}`)
    .sort();
}

/**
 * Returns the tolerations that a profile cannot hand on: those of all taints, and those that end. Pods that have them are
 * refused where the placement is enforced.
 */
export function omittedTolerations({
  tolerations = [],
}: NodePlacement): Toleration[] {
  return tolerations.filter(one => textsOf(one).length === 0);
}

/** A toleration without an effect is one of all effects. */
function textsOf({
  key,
  value,
  operator,
  effect,
  tolerationSeconds,
}: Toleration): string[] {
  if (key === undefined || tolerationSeconds !== undefined) {
    return [];
  }
  const taint = operator === 'Exists' ? key : `${key}=${value ?? ''}`;
  return (effect ? [effect] : EFFECTS).map(one => `${taint}:${one}`);
}
