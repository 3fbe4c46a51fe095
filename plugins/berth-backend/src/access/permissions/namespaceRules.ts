import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_NAMESPACE } from '@berth/plugin-berth-common';
import { z } from 'zod';
import {
  GrantRecord,
  NamespaceCondition,
  NamespaceRecord,
} from '../../tenancy/types';
import { normalizeGroupRefs } from './groupRefs';

/** A namespace with its cluster and grants, as permission rules look at it. */
export interface NamespaceResource {
  /** Name of the cluster. */
  cluster: string;
  namespace: Pick<NamespaceRecord, 'owner'>;
  grants: Pick<GrantRecord, 'group'>[];
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

/** @public */
export const namespaceRules = { isOnCluster, isOwnedBy, isGrantedTo };

/**
 * For permission policies: `createNamespaceConditionalDecision(permission,
 * namespaceConditions.isOwnedBy({groups}))`.
 *
 * @public
 */
export const {
  conditions: namespaceConditions,
  createConditionalDecision: createNamespaceConditionalDecision,
} = createConditionExports({
  resourceRef: namespaceResourceRef,
  rules: namespaceRules,
});
