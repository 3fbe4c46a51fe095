import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { createPermissionRule } from '@backstage/plugin-permission-node';
import { readDirectoryGroup } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { ANNOTATION_CLUSTER_ID } from '../entities/annotations';
import { GroupTags } from './GroupTags';

/** The annotation with the groups that can see an entity from Berth. */
const VISIBLE_TO = 'spec.berth.visibleTo';

export const ENTITY_RULE = 'IS_VISIBLE_IN_BERTH';

/**
 * Creates the rule for policies on `catalog.entity.read`: allows every entity that is not from Berth, and the
 * entities from Berth that members of the given groups see in Berth.
 *
 * @param tags - undefined without a secret; then no entity from Berth is visible
 */
export function createEntityRule(tags: GroupTags | undefined) {
  return createPermissionRule({
    name: ENTITY_RULE,
    description:
      'Allow entities that are not from Berth, and clusters and namespaces that members of the given groups see in Berth',
    resourceRef: catalogEntityPermissionResourceRef,
    paramsSchema: z.object({
      groups: z
        .array(z.string())
        .describe('Entity refs of groups, each followed by # and its uid'),
    }),
    apply(entity, { groups }) {
      if (entity.metadata.annotations?.[ANNOTATION_CLUSTER_ID] === undefined) {
        return true;
      }
      const { berth } = (entity.spec ?? {}) as {
        berth?: { visibleTo?: unknown };
      };
      const visibleTo = Array.isArray(berth?.visibleTo) ? berth.visibleTo : [];
      return matching(tags, groups).some(tag => visibleTo.includes(tag));
    },
    toQuery({ groups }) {
      const notOurs = {
        not: { key: `metadata.annotations.${ANNOTATION_CLUSTER_ID}` },
      };
      const values = matching(tags, groups);
      return values.length === 0
        ? notOurs
        : { anyOf: [notOurs, { key: VISIBLE_TO, values }] };
    },
  });
}

function matching(tags: GroupTags | undefined, groups: string[]): string[] {
  return tags?.matching(groups.map(readDirectoryGroup)) ?? [];
}
