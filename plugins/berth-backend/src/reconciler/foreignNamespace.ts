import { ForeignNamespaceCause } from '../model/foreignNamespace';
import { MANAGED_BY } from '../model/managedBy';
import { CLUSTER_ID_LABEL, ownLabels } from './desired';
import { DesiredSubject, NamespaceObject, Problem } from './types';

/** Describes the problem with a foreign namespace that has the name of one of ours. */
export function foreignNamespaceProblem(
  { metadata: { name, labels } }: NamespaceObject,
  {
    cluster,
    wanted: { subject, personal = false },
    formers,
  }: {
    cluster: { id: string; name: string };
    wanted: Pick<DesiredSubject, 'subject' | 'personal'>;
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
  const former = managerId === undefined ? undefined : formers.get(managerId);
  if (personal) {
    return {
      cause: causeOf(managerId, former),
      message: `A namespace ${name} that Berth did not create for this person exists on ${
        cluster.name
      }${
        former === undefined
          ? ''
          : `, from "${former}", a former registration of the cluster`
      }. The content may be that of another person, so nobody gets access. If nobody needs the content, run: kubectl delete namespace ${name}. Otherwise transfer ${name} to a group on its page in the portal, and create a personal namespace with another name`,
      transient: false,
    };
  }
  if (managerId === undefined) {
    const again =
      subject.type === 'namespace'
        ? `, or delete ${name} from the portal and create it again with “Take it over” ticked`
        : '';
    return {
      cause: causeOf(managerId, former),
      message: `A namespace ${name} that Berth did not make exists on ${cluster.name}, so Berth leaves it alone. To hand it over with everything in it, run: ${command}${again}`,
      transient: false,
    };
  }
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

function causeOf(
  managerId: string | undefined,
  former: string | undefined,
): ForeignNamespaceCause {
  if (managerId === undefined) {
    return 'NamespaceExists';
  }
  return former === undefined
    ? 'ManagedElsewhere'
    : 'ManagedByFormerRegistration';
}
