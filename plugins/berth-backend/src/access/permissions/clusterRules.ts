import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_CLUSTER } from '@berth/plugin-berth-common';
import { z } from 'zod';
import {
  ClusterCondition,
  ClusterRecord,
  ShareRecord,
} from '../../model/clusters';
import {
  groupsParam,
  normalizeGroupRefs,
  refsOf,
  hasEntitlement,
} from './groupRefs';

/**
 * A cluster with all its shares, as permission rules receive it.
 *
 * @public
 */
export interface ClusterResource {
  cluster: Pick<ClusterRecord, 'name'>;
  shares: Pick<ShareRecord, 'group' | 'groupUid'>[];
}

/** @public */
export const clusterResourceRef = createPermissionResourceRef<
  ClusterResource,
  ClusterCondition
>().with({ pluginId: 'berth', resourceType: RESOURCE_TYPE_CLUSTER });

const hasName = createPermissionRule({
  name: 'HAS_NAME',
  description: 'Allow clusters with one of the given names',
  resourceRef: clusterResourceRef,
  paramsSchema: z.object({
    names: z.array(z.string()).describe('Names of clusters'),
  }),
  apply: ({ cluster }, { names }) => names.includes(cluster.name),
  toQuery: ({ names }) => ({ names }),
});

const isSharedWith = createPermissionRule({
  name: 'IS_SHARED_WITH',
  description: 'Allow clusters that are shared with one of the given groups',
  resourceRef: clusterResourceRef,
  paramsSchema: z.object({
    groups: z.array(z.string()).describe('Entity refs of groups'),
  }),
  apply: ({ shares }, { groups }) => {
    const refs = normalizeGroupRefs(groups);
    return shares.some(share => refs.includes(share.group));
  },
  toQuery: ({ groups }) => ({ sharedWith: normalizeGroupRefs(groups) }),
});

const isVisibleTo = createPermissionRule({
  name: 'IS_VISIBLE_TO',
  description:
    'Allow clusters that members of the given groups see in Berth, which does not show a former group’s to one that was made again',
  resourceRef: clusterResourceRef,
  paramsSchema: z.object({ groups: groupsParam }),
  apply: ({ shares }, { groups }) => hasEntitlement(groups, shares),
  toQuery: ({ groups }) => ({
    sharedWith: refsOf(groups),
  }),
});

/** @public */
export const clusterRules = { hasName, isSharedWith, isVisibleTo };

const conditionExports = createConditionExports({
  resourceRef: clusterResourceRef,
  rules: clusterRules,
});

/**
 * The conditions that a permission policy can put on clusters.
 *
 * @public
 */
export const clusterConditions = conditionExports.conditions;

/**
 * Creates the conditional decision of a permission policy.
 *
 * @example
 * ```ts
 * createClusterConditionalDecision(
 *   permission,
 *   clusterConditions.isSharedWith({ groups }),
 * );
 * ```
 *
 * @public
 */
export const createClusterConditionalDecision =
  conditionExports.createConditionalDecision;
