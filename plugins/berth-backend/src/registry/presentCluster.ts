import { Cluster, ClusterDefaults, Share } from '@berth/plugin-berth-common';
import { visibleShares } from '../access/ClusterAccess';
import { readsEverything } from '../access/readsEverything';
import { Person } from '../model/people';
import { CredentialRecord } from '../model/credentials';
import { credentialStatus } from './connection/renewal';
import { entityTag } from '../validation/preconditions';
import { ClusterRecord, ShareRecord } from '../model/clusters';

/** Presents a cluster to a person, without shares that the person may not see. */
export function presentCluster(
  record: ClusterRecord,
  shares: ShareRecord[],
  person: Person,
  credential?: CredentialRecord,
): Cluster {
  return {
    id: record.id,
    name: record.name,
    ...(record.title !== undefined && { title: record.title }),
    apiServer: record.apiServer,
    caData: Buffer.from(record.caPem).toString('base64'),
    connection: record.connection,
    kubectlVia: record.kubectlVia,
    usernamePrefix: record.usernamePrefix,
    groupsPrefix: record.groupsPrefix,
    ...defaultsOf(record),
    // Only people who read everything see the API server's answer to a failed renewal.
    ...(credential &&
      readsEverything(person) && {
        credential: credentialStatus(credential, new Date()),
      }),
    owner: record.owner,
    ...(record.configMissingSince !== undefined && {
      configMissingSince: record.configMissingSince,
    }),
    etag: clusterTag(record),
    status: record.status,
    shares: visibleShares(
      shares.filter(share => share.clusterId === record.id),
      person,
    ).map(presentShare),
    createdAt: record.createdAt,
  };
}

/** Computes the tag of the settings of a cluster. A cluster that was registered again has another tag. */
export function clusterTag({
  id,
  revision,
}: Pick<ClusterRecord, 'id' | 'revision'>): string {
  return entityTag([id, revision]);
}

function defaultsOf(record: ClusterRecord): ClusterDefaults {
  const {
    namespacePrefix,
    defaultStorageClass,
    ingress,
    nodePlacement,
    labels,
    links,
  } = record;
  return {
    ...(namespacePrefix !== undefined && { namespacePrefix }),
    ...(defaultStorageClass !== undefined && { defaultStorageClass }),
    ...(ingress !== undefined && { ingress }),
    ...(nodePlacement !== undefined && { nodePlacement }),
    ...(labels !== undefined && { labels }),
    ...(links !== undefined && { links }),
  };
}

export function presentShare(share: ShareRecord): Share {
  return {
    group: share.group,
    ...(share.groupUid !== undefined && { groupUid: share.groupUid }),
    kubernetesName: share.kubernetesName,
    namespace: share.namespace,
    state: share.state,
    ...(share.cause !== undefined && { cause: share.cause }),
    ...(share.message !== undefined && { message: share.message }),
    since: share.since,
    ...(share.nextTryAt !== undefined && { nextTryAt: share.nextTryAt }),
  };
}
