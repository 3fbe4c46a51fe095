import { Caller } from '../access/Callers';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { withoutAudit } from '../access/readsEverything';
import { PageRequest } from '../model/paging';

const PAGE = 500;

/**
 * Returns the namespaces in which a person's own groups hold a role and the personal ones, by the name of the cluster and
 * sorted. Admins hold only these here, too.
 *
 * @param clusters - names of clusters; all by default
 */
export async function heldNamespaces(
  namespaceAccess: Pick<NamespaceAccess, 'list'>,
  caller: Caller,
  clusters?: string[],
): Promise<Map<string, string[]>> {
  const person = withoutAudit(caller);
  const held = new Map<string, string[]>();
  let position: PageRequest['position'];
  do {
    const page = await namespaceAccess.list(
      person,
      { clusters, mine: true },
      { limit: PAGE, position },
    );
    for (const { cluster, namespace, grants, own } of page.items) {
      // Without a share of the cluster, the token claims no group that has the role.
      if (own || grants.some(({ shared }) => shared)) {
        const names = held.get(cluster.name) ?? [];
        names.push(namespace.name);
        held.set(cluster.name, names);
      }
    }
    position = page.next;
  } while (position);
  held.forEach(names => names.sort());
  return held;
}
