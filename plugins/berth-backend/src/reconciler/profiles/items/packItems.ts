import { STRICT_GROUPS_SINCE } from '../../../policyPack';
import { isAtLeast } from '../../../model/versions';
import { placementOf } from '../namespaceFields';
import { omittedTolerations } from '../placement';
import { DEFAULTS, IDENTITY, PLACEMENT, whyMissing } from './packParts';
import { ItemOf } from './types';

export const identityItem: ItemOf = (profile, capabilities) => {
  if (!profile.identity) {
    return undefined;
  }
  const item = 'identity';
  const missing = whyMissing(IDENTITY, capabilities);
  if (missing) {
    return { item, state: 'unsupported', why: missing };
  }
  const notSet = whyMissing(DEFAULTS, capabilities);
  const why = textOf([
    ...(isAtLeast(capabilities.version, STRICT_GROUPS_SINCE) === false
      ? [
          `Before Kubernetes 1.${STRICT_GROUPS_SINCE}, the image of a pod can add any groups to its user`,
        ]
      : []),
    ...(notSet
      ? [`Pods must name the IDs themselves, or they are refused. ${notSet}`]
      : []),
  ]);
  return { item, state: 'enforced', ...(why && { why }) };
};

export const placementItem: ItemOf = (profile, capabilities) => {
  if (!profile.placement) {
    return undefined;
  }
  const item = 'placement';
  const nodes = placementOf(profile, capabilities.settings ?? {});
  const isEmpty =
    Object.keys(nodes.nodeSelector ?? {}).length === 0 &&
    (nodes.tolerations ?? []).length === 0;
  const notes = [
    ...(isEmpty ? ['The settings of the cluster have no node placement'] : []),
    ...(omittedTolerations(nodes).length > 0
      ? ['Tolerations of all taints and those with an end are left out']
      : []),
  ];
  const notSet = whyMissing(DEFAULTS, capabilities);
  const missing = profile.placement.enforce
    ? whyMissing(PLACEMENT, capabilities)
    : notSet;
  if (missing || (isEmpty && !profile.placement.enforce)) {
    return {
      item,
      state: 'unsupported',
      why: textOf([...(missing ? [missing] : []), ...notes]),
    };
  }
  const why = textOf([
    ...(notSet && !isEmpty
      ? [`Pods must name the nodes themselves, or they are refused. ${notSet}`]
      : []),
    ...notes,
  ]);
  return {
    item,
    state: profile.placement.enforce ? 'enforced' : 'set',
    ...(why && { why }),
  };
};

export const storageClassItem: ItemOf = ({ storageClass }, capabilities) => {
  if (!storageClass) {
    return undefined;
  }
  const item = 'storageClass';
  const { replace, by = capabilities.settings?.defaultStorageClass } =
    storageClass;
  const missing =
    !by || by === replace
      ? 'The settings of the cluster have no other default storage class'
      : whyMissing(DEFAULTS, capabilities);
  return missing
    ? { item, state: 'unsupported', why: missing }
    : {
        item,
        state: 'set',
        why: `Volumes that name the class ${replace} get ${by}, too`,
      };
};

function textOf(sentences: string[]): string {
  return sentences.join('. ');
}
