import {
  Entity,
  parseEntityRef,
  RELATION_DEPENDS_ON,
} from '@backstage/catalog-model';
import {
  isDnsLabel,
  NamespaceAddress,
  Cluster,
  ManagedNamespace,
} from '@berth/plugin-berth-common';

/** Annotation of Berth's entities: the name of the cluster. */
export const ANNOTATION_CLUSTER = 'berth.dev/cluster';
/** Annotation of Berth's entities: the name of the namespace. */
export const ANNOTATION_NAMESPACE = 'berth.dev/namespace';
/** Annotation of a component or system: where it runs, as `cluster/namespace`, separated by commas. */
export const ANNOTATION_NAMESPACES = 'berth.dev/namespaces';

/** Annotation of the Kubernetes plugin: the label selector of the objects of an entity. */
const ANNOTATION_SELECTOR = 'backstage.io/kubernetes-label-selector';
/** Annotation of the Kubernetes plugin: the value of the label with the same name. */
const ANNOTATION_ID = 'backstage.io/kubernetes-id';

const CLUSTER_NAME = /^[a-z0-9]{1,63}$/;

export function isGroup({ kind }: Entity): boolean {
  return kind.toLocaleLowerCase('en-US') === 'group';
}

export function isUser({ kind }: Entity): boolean {
  return kind.toLocaleLowerCase('en-US') === 'user';
}

/**
 * Returns whether an entity is a Kubernetes cluster that Berth manages.
 *
 * @public
 */
export function isCluster(entity: Entity): boolean {
  return isResource(entity, 'kubernetes-cluster', ANNOTATION_CLUSTER);
}

/**
 * Returns whether an entity is a Kubernetes namespace that Berth manages.
 *
 * @public
 */
export function isNamespace(entity: Entity): boolean {
  return isResource(entity, 'kubernetes-namespace', ANNOTATION_NAMESPACE);
}

/**
 * Returns whether a component or system names the namespaces where it runs.
 *
 * @public
 */
export function hasNamespaces(entity: Entity): boolean {
  return (
    ['component', 'system'].includes(entity.kind.toLocaleLowerCase('en-US')) &&
    (annotation(entity, ANNOTATION_NAMESPACES) !== undefined ||
      namespaceRefs(entity).length > 0)
  );
}

/**
 * Returns whether a component or system has objects on clusters: it names their labels, or the namespaces where it runs.
 *
 * @public
 */
export function hasWorkloads(entity: Entity): boolean {
  return (
    ['component', 'system'].includes(entity.kind.toLocaleLowerCase('en-US')) &&
    (labelSelectorOf(entity) !== undefined || hasNamespaces(entity))
  );
}

/** Returns the label selector of the objects of an entity; undefined if all objects in its namespaces are. */
export function labelSelectorOf(entity: Entity): string | undefined {
  const id = annotation(entity, ANNOTATION_ID);
  return (
    annotation(entity, ANNOTATION_SELECTOR) ?? (id && `${ANNOTATION_ID}=${id}`)
  );
}

export function annotation(entity: Entity, name: string): string | undefined {
  return entity.metadata.annotations?.[name]?.trim() || undefined;
}

/** Reads `berth.dev/namespaces`, and returns the unreadable entries separately. */
export function annotatedNamespaces(entity: Entity): {
  addresses: NamespaceAddress[];
  unreadable: string[];
} {
  const written = (annotation(entity, ANNOTATION_NAMESPACES) ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
  const addresses: NamespaceAddress[] = [];
  const unreadable: string[] = [];
  for (const text of new Set(written)) {
    const [cluster, namespace, ...rest] = text.split('/');
    if (
      rest.length === 0 &&
      CLUSTER_NAME.test(cluster) &&
      namespace !== undefined &&
      isDnsLabel(namespace)
    ) {
      addresses.push({ cluster, namespace });
    } else {
      unreadable.push(text);
    }
  }
  return { addresses, unreadable };
}

/**
 * Returns the entity refs of the namespaces that an entity depends on. The names of Berth's namespaces have a dot
 * between cluster and namespace.
 */
export function namespaceRefs({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_DEPENDS_ON)
    .map(({ targetRef }) => targetRef)
    .filter(ref => {
      const { kind, name } = parseEntityRef(ref);
      return (
        kind.toLocaleLowerCase('en-US') === 'resource' && name.includes('.')
      );
    });
}

function isResource(entity: Entity, type: string, bearing: string): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    entity.spec?.type === type &&
    annotation(entity, bearing) !== undefined
  );
}

/** Returns the clusters of some namespaces. */
export function namedClusters(
  clusters: Cluster[] = [],
  namespaces: ManagedNamespace[] = [],
): Cluster[] {
  const names = new Set(namespaces.map(({ cluster }) => cluster));
  return clusters.filter(({ name }) => names.has(name));
}
