import { NodePlacement, ProfileItem } from '@berth/plugin-berth-common';
import { STRICT_GROUPS_SINCE } from '../../../policyPack';
import { isAtLeast } from '../../../model/versions';
import { placementOf } from '../namespaceFields';
import {
  omittedTolerations,
  replacedLabels,
  withNodesOfClass,
} from '../placement';
import { DEFAULTS, IDENTITY, PLACEMENT, whyMissing } from './packParts';
import { Capabilities, ItemOf } from './types';

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
  const isStrict =
    isAtLeast(capabilities.version, STRICT_GROUPS_SINCE) === true;
  const why = textOf([
    ...(!isStrict
      ? [
          `Before Kubernetes 1.${STRICT_GROUPS_SINCE}, the image of a pod can add any groups to its user`,
        ]
      : []),
    ...(notSet
      ? [`Pods must name the IDs themselves, or they are refused. ${notSet}`]
      : []),
  ]);
  return { item, state: isStrict ? 'enforced' : 'set', ...(why && { why }) };
};

export const placementItem: ItemOf = (profile, capabilities) =>
  profile.placement && {
    item: 'placement',
    ...stateOfNodes({
      nodes: placementOf(profile, capabilities.settings ?? {}),
      enforce: profile.placement.enforce,
      capabilities,
    }),
  };

/** For namespaces with a quota of a size class with nodes, also if the profile has none. */
export const sizeClassNodesItem: ItemOf = (profile, capabilities) => {
  const { settings = {} } = capabilities;
  const classes = (settings.sizeClasses ?? []).filter(hasNodes);
  if (classes.length === 0) {
    return undefined;
  }
  const ofProfile = placementOf(profile, settings);
  return {
    item: 'sizeClassNodes',
    ...stateOfNodes({
      nodes: classes.reduce<NodePlacement>(withNodesOfClass, {}),
      enforce: profile.placement?.enforce ?? false,
      capabilities,
      notes: [
        `Size classes with nodes: ${classes
          .map(({ name }) => name)
          .join(', ')}`,
        ...classes.flatMap(one =>
          replacedLabels(ofProfile, one).map(
            label => `The class ${one.name} replaces ${label} of the profile`,
          ),
        ),
      ],
    }),
  };
};

function stateOfNodes({
  nodes,
  enforce,
  capabilities,
  notes = [],
}: {
  nodes: NodePlacement;
  enforce: boolean;
  capabilities: Capabilities;
  notes?: string[];
}): Pick<ProfileItem, 'state' | 'why'> {
  const isEmpty = !hasNodes(nodes);
  const all = [
    ...(isEmpty ? ['The settings of the cluster have no node placement'] : []),
    ...(omittedTolerations(nodes).length > 0
      ? ['Tolerations of all taints and those with an end are left out']
      : []),
    ...notes,
  ];
  const notSet = whyMissing(DEFAULTS, capabilities);
  const missing = enforce ? whyMissing(PLACEMENT, capabilities) : notSet;
  if (missing || (isEmpty && !enforce)) {
    return {
      state: 'unsupported',
      why: textOf([...(missing ? [missing] : []), ...all]),
    };
  }
  const why = textOf([
    ...(notSet && !isEmpty
      ? [`Pods must name the nodes themselves, or they are refused. ${notSet}`]
      : []),
    ...all,
  ]);
  return { state: enforce ? 'enforced' : 'set', ...(why && { why }) };
}

function hasNodes({ nodeSelector = {}, tolerations = [] }: NodePlacement) {
  return Object.keys(nodeSelector).length > 0 || tolerations.length > 0;
}

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
