import { NodePlacement } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../../model/clusters';
import { pullSecretName } from '../../model/pullSecrets';
import { PACK_ANNOTATIONS } from '../../policyPack';
import { identityFields } from './identity';
import { placementFields, withNodesOfClass } from './placement';
import { storageClassFields } from './storageClass';
import { IdentityValues, NamespaceFields, Profile } from './types';

/** What the fields of a namespace depend on, next to the profile. */
export interface NamespaceFacts {
  cluster: Pick<ClusterRecord, 'nodePlacement' | 'defaultStorageClass'>;
  /** The IDs of the owner, once they are known and the profile accepts them. */
  identity?: IdentityValues;
  /** The nodes of the size class of the namespace, in addition to those of the profile. */
  placement?: NodePlacement;
}

/** Returns the labels and annotations that a namespace has by its profile. */
export function namespaceFields(
  profile: Profile | undefined,
  { cluster, identity, placement }: NamespaceFacts,
): NamespaceFields {
  const { labels, annotations, storageClass } = profile ?? {};
  const parts: NamespaceFields[] = [
    { labels, annotations },
    profile?.identity ? identityFields(identity) : {},
    placementFields(
      withNodesOfClass(placementOf(profile, cluster), placement),
      profile?.placement?.enforce ?? false,
    ),
    storageClass
      ? storageClassFields(
          storageClass.replace,
          storageClass.by ?? cluster.defaultStorageClass,
        )
      : {},
    pullSecretFields(profile?.pullSecrets),
  ];
  return {
    labels: Object.assign({}, ...parts.map(part => part.labels)),
    annotations: Object.assign({}, ...parts.map(part => part.annotations)),
  };
}

/** Returns the field by which the policy pack adds the Secrets to pods. */
function pullSecretFields(names: readonly string[] = []): NamespaceFields {
  return names.length === 0
    ? {}
    : {
        annotations: {
          [PACK_ANNOTATIONS.pullSecrets]: names.map(pullSecretName).join(','),
        },
      };
}

/** Returns the nodes of a profile on a cluster. */
export function placementOf(
  profile: Profile | undefined,
  { nodePlacement = {} }: Pick<ClusterRecord, 'nodePlacement'>,
): NodePlacement {
  const placement = profile?.placement;
  if (!placement) {
    return {};
  }
  return 'from' in placement ? nodePlacement : placement;
}
