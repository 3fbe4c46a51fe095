import { NotFoundError } from '@backstage/errors';
import { ResourceFailure } from '@berth/plugin-berth-common';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { failureOf } from './failures';

/** The namespaces to ask a cluster for. */
export interface NamespacePlan {
  /** Absent for the whole cluster. */
  namespaces?: string[];
  /** Returns whether the person may be answered about a namespace. */
  isOpen(namespace: string): boolean;
  /** Namespaces that the person asks for and does not hold. */
  failures: ResourceFailure[];
}

/**
 * Decides what to ask a cluster for. Members are asked for nothing but the namespaces that they hold. Admins are asked
 * for the whole cluster, on which their group may read everything.
 */
export function planNamespaces(
  cluster: string,
  options: {
    query: { cluster?: string[]; namespace?: string[] };
    admin: boolean;
    /** The namespaces of the cluster that the person holds. */
    held: string[];
  },
): NamespacePlan {
  const { query, admin, held } = options;
  const isOpen = (namespace: string) => admin || held.includes(namespace);
  if (!query.namespace) {
    return { ...(!admin && { namespaces: held }), isOpen, failures: [] };
  }
  const wanted = [...new Set(query.namespace)].sort();
  const missing = query.cluster
    ? wanted.filter(namespace => !isOpen(namespace))
    : [];
  return {
    namespaces: wanted.filter(isOpen),
    isOpen,
    failures: missing.map(namespace => ({
      cluster,
      namespace,
      ...failureOf(
        new NotFoundError(
          `There is no namespace ${quoteUntrusted(
            namespace,
          )} on ${cluster} that Berth manages, or none of your groups holds a role in it`,
        ),
        cluster,
      ),
    })),
  };
}
