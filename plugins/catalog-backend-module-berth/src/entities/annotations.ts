/** Name of the cluster. On every entity of Berth's. @public */
export const ANNOTATION_CLUSTER = 'berth.dev/cluster';

/** Id of the cluster, which outlives no cluster as a name can. On every entity of Berth's. @public */
export const ANNOTATION_CLUSTER_ID = 'berth.dev/cluster-id';

/** Name of the namespace. @public */
export const ANNOTATION_NAMESPACE = 'berth.dev/namespace';
