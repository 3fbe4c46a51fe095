import { isDeepStrictEqual } from 'node:util';
import { clusterRoles } from '../resources/rbac';
import { labelSelectorMatches } from '../storage/selectors';
import { JsonObject, KubeObject } from '../types';
import { ControllerContext, controllerIdentity, on } from './Controller';

const IDENTITY = controllerIdentity('clusterrole-aggregation-controller');

/** Keeps the rules of aggregated ClusterRoles equal to the union of the roles that their selectors match. */
export function runAggregation(context: ControllerContext): void {
  on(context, clusterRoles, () =>
    context.queue.schedule('aggregation', 0, () => aggregate(context)),
  );
  aggregate(context);
}

function aggregate({ registry }: ControllerContext): void {
  let changed = true;
  // A role may aggregate another aggregated role (admin ← edit ← view), so repeat until nothing changes.
  for (let round = 0; changed && round < 10; round += 1) {
    changed = false;
    const roles = registry.all(clusterRoles);
    for (const role of roles) {
      const rules = role.aggregationRule && unionOf(role, roles);
      if (rules && !isDeepStrictEqual(rules, role.rules ?? [])) {
        changed = true;
        registry.update(
          { definition: clusterRoles, name: role.metadata.name },
          object => ({ ...object, rules }),
          IDENTITY,
        );
      }
    }
  }
}

function unionOf(role: KubeObject, roles: KubeObject[]): JsonObject[] {
  const selectors = (role.aggregationRule.clusterRoleSelectors ?? []).map(
    labelSelectorMatches,
  );
  const rules: JsonObject[] = [];
  for (const candidate of roles) {
    const isSelected = selectors.some(
      (matches: ReturnType<typeof labelSelectorMatches>) =>
        matches(candidate.metadata.labels),
    );
    if (isSelected && candidate.metadata.name !== role.metadata.name) {
      for (const rule of candidate.rules ?? []) {
        if (!rules.some(known => isDeepStrictEqual(known, rule))) {
          rules.push(rule);
        }
      }
    }
  }
  return rules;
}
