import { ForeignNamespaceCause } from '../model/foreignNamespace';
import { MANAGED_BY } from '../model/managedBy';
import { CLUSTER_ID_LABEL, ownLabels } from './desired';
import { NamespaceObject, Problem, Subject } from './types';

/** Describes the problem with a foreign namespace that has the name of one of ours. */
export function foreignNamespaceProblem(
  { metadata: { name, labels } }: NamespaceObject,
  {
    cluster,
    subject,
    formers,
  }: {
    cluster: { id: string; name: string };
    subject: Subject;
    /** The names of this cluster's former registrations, by id. */
    formers: ReadonlyMap<string, string>;
  },
): Problem & { cause: ForeignNamespaceCause } {
  const command = `kubectl label --overwrite namespace ${name} ${Object.entries(
    ownLabels(cluster.id),
  )
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')}`;
  const managerId =
    labels?.[MANAGED_BY.label] === MANAGED_BY.value
      ? labels[CLUSTER_ID_LABEL]
      : undefined;
  if (managerId === undefined) {
    const again =
      subject.type === 'namespace'
        ? `, or delete ${name} from the portal and create it again with “Take it over” ticked`
        : '';
    return {
      cause: 'NamespaceExists',
      message: `A namespace ${name} that Berth did not make exists on ${cluster.name}, so Berth leaves it alone. To hand it over with everything in it, run: ${command}${again}`,
      transient: false,
    };
  }
  const former = formers.get(managerId);
  return former === undefined
    ? {
        cause: 'ManagedElsewhere',
        message: `The namespace ${name} on ${cluster.name} has the label ${CLUSTER_ID_LABEL}=${managerId}: another portal or another registration of this cluster manages it, so Berth leaves it alone. If that registration no longer exists, run: ${command}`,
        transient: false,
      }
    : {
        cause: 'ManagedByFormerRegistration',
        message: `The namespace ${name} belongs to "${former}", a former registration of ${cluster.name}. Take over all of its namespaces on the Plan tab of the cluster, or run for this namespace: ${command}`,
        transient: false,
      };
}
