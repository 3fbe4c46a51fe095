import { ForeignBinding } from '@berth/plugin-berth-common';
import { KubeClient, ROLE_BINDINGS } from '../../kube';
import { keyOf, keyText } from '../keys';
import { RoleBindingObject } from '../types';

/** More than a person reads. */
const MAX_BINDINGS = 1_000;

/**
 * Lists the RoleBindings in our namespaces that are not ours: access that the admins of a namespace gave
 * without the portal.
 *
 * @param namespaces - names of our namespaces
 * @param ours - `keyText` of the bindings that we want or have made
 */
export async function foreignBindings(
  client: KubeClient,
  namespaces: ReadonlySet<string>,
  ours: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ForeignBinding[]> {
  const found: ForeignBinding[] = [];
  for await (const binding of client.list<RoleBindingObject>(
    ROLE_BINDINGS,
    {},
    { signal },
  )) {
    const { namespace = '', name } = binding.metadata;
    if (namespaces.has(namespace) && !ours.has(keyText(keyOf(binding)))) {
      found.push({
        namespace,
        name,
        role: {
          kind: String(binding.roleRef?.kind),
          name: String(binding.roleRef?.name),
        },
        subjects: subjectsOf(binding),
      });
    }
    if (found.length >= MAX_BINDINGS) {
      break;
    }
  }
  return found;
}

function subjectsOf({ subjects }: RoleBindingObject) {
  return (Array.isArray(subjects) ? subjects : []).map(
    ({ kind, namespace, name }) => ({
      kind: String(kind),
      ...(namespace !== undefined && { namespace: String(namespace) }),
      name: String(name),
    }),
  );
}
