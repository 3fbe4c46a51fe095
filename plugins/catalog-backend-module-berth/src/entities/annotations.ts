/** Name of the cluster, on every entity from Berth. @public */
export const ANNOTATION_CLUSTER = 'berth.dev/cluster';

/** Id of the cluster, on every entity from Berth. Unlike a name, an id is never used again. @public */
export const ANNOTATION_CLUSTER_ID = 'berth.dev/cluster-id';

/** Name of the namespace. @public */
export const ANNOTATION_NAMESPACE = 'berth.dev/namespace';
