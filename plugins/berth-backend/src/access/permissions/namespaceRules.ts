import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_NAMESPACE } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { ShareRecord } from '../../model/clusters';
import {
  GrantRecord,
  NamespaceCondition,
  NamespaceRecord,
  PersonalNamespaceRecord,
} from '../../model/tenancy';
import {
  groupsParam,
  normalizeGroupRefs,
  refsOf,
  hasEntitlement,
} from './groupRefs';

/**
 * A namespace with its cluster, the cluster's shares and its own grants, as permission rules receive it.
 *
 * @public
 */
export interface NamespaceResource {
  /** Name of the cluster. */
  cluster: string;
  namespace: Pick<NamespaceRecord, 'owner'>;
  grants: Pick<GrantRecord, 'group' | 'groupUid'>[];
  shares: Pick<ShareRecord, 'group' | 'groupUid'>[];
  /** Of a personal namespace: the person who has it. */
  personal?: Pick<PersonalNamespaceRecord, 'user' | 'userUid'>;
}

/** The resource ref of a namespace is `<cluster>/<namespace>`. @public */
export const namespaceResourceRef = createPermissionResourceRef<
  NamespaceResource,
  NamespaceCondition
>().with({ pluginId: 'berth', resourceType: RESOURCE_TYPE_NAMESPACE });

const groups = z.array(z.string()).describe('Entity refs of groups');

const isOnCluster = createPermissionRule({
  name: 'IS_ON_CLUSTER',
  description: 'Allow namespaces on one of the given clusters',
  resourceRef: namespaceResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of clusters'),
  }),
  apply: ({ cluster }, { clusters }) => clusters.includes(cluster),
  toQuery: ({ clusters }) => ({ clusters }),
});

const isOwnedBy = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'Allow namespaces that one of the given groups owns',
  resourceRef: namespaceResourceRef,
  paramsSchema: z.object({ groups }),
  apply: ({ namespace }, params) =>
    namespace.owner !== undefined &&
    normalizeGroupRefs(params.groups).includes(namespace.owner),
  toQuery: params => ({ ownedBy: normalizeGroupRefs(params.groups) }),
});

const isGrantedTo = createPermissionRule({
  name: 'IS_GRANTED_TO',
  description: 'Allow namespaces in which one of the given groups holds a role',
  resourceRef: namespaceResourceRef,
  paramsSchema: z.object({ groups }),
  apply: ({ grants }, params) => {
    const refs = normalizeGroupRefs(params.groups);
    return grants.some(grant => refs.includes(grant.group));
  },
  toQuery: params => ({ grantedTo: normalizeGroupRefs(params.groups) }),
});

const isVisibleTo = createPermissionRule({
  name: 'IS_VISIBLE_TO',
  description:
    'Allow namespaces that members of the given groups see in Berth: a role in it, on a cluster that is shared with them. A person in the list sees the personal namespaces of the person',
  resourceRef: namespaceResourceRef,
  paramsSchema: z.object({ groups: groupsParam }),
  apply: ({ grants, personal, shares }, params) =>
    hasEntitlement(params.groups, [
      ...grants,
      ...(personal
        ? [{ group: personal.user, groupUid: personal.userUid }]
        : []),
    ]) && hasEntitlement(params.groups, shares),
  toQuery: params => ({
    grantedTo: refsOf(params.groups),
  }),
});

/** @public */
export const namespaceRules = {
  isOnCluster,
  isOwnedBy,
  isGrantedTo,
  isVisibleTo,
};

const conditionExports = createConditionExports({
  resourceRef: namespaceResourceRef,
  rules: namespaceRules,
});

/**
 * The conditions that a permission policy can put on namespaces.
 *
 * @public
 */
export const namespaceConditions = conditionExports.conditions;

/**
 * Creates the conditional decision of a permission policy.
 *
 * @example
 * ```ts
 * createNamespaceConditionalDecision(
 *   permission,
 *   namespaceConditions.isOwnedBy({ groups }),
 * );
 * ```
 *
 * @public
 */
export const createNamespaceConditionalDecision =
  conditionExports.createConditionalDecision;
