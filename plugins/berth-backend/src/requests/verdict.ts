import { RequestAsk, RequestVerdict } from '@berth/plugin-berth-common';
import { QuotaBounds } from '../tenancy/types';
import { misfitOf } from './budget';
import { nameOf } from './nameOf';
import { PromisedNamespace, RequestRule } from './types';

/** What is known of a request when the rules look at it. */
export interface RequestFacts {
  ask: RequestAsk;
  cluster: { id: string; labels?: Record<string, string> };
  /** Entity ref: of a namespace and a grant, who shall hold it; of a quota, who owns the namespace. */
  group?: string;
  /** What the quota stands for. */
  bounds?: QuotaBounds;
  /** Whether the requester can see the namespace; one that is to be made, nobody can. */
  seen: boolean;
  /** What the namespaces of the group are promised. */
  promised: PromisedNamespace[];
  now: Date;
}

type Check = (rule: RequestRule, facts: RequestFacts) => string | undefined;

/** Each says why a rule does not hold. */
const CHECKS: Check[] = [
  ({ kinds }, { ask }) =>
    kinds && !kinds.includes(ask.kind)
      ? `it is for requests of kind ${kinds.join(', ')}`
      : undefined,
  ({ clusters }, { ask }) =>
    clusters && !clusters.includes(ask.cluster)
      ? `it is for the clusters ${clusters.join(', ')}`
      : undefined,
  ({ clusterLabels = {} }, { cluster: { labels = {} } }) => {
    const missing = Object.entries(clusterLabels).filter(
      ([name, value]) => !Object.hasOwn(labels, name) || labels[name] !== value,
    );
    return missing.length > 0
      ? `it is for clusters labelled ${missing
          .map(([name, value]) => `${name}=${value}`)
          .join(', ')}`
      : undefined;
  },
  ({ groups }, { group }) =>
    groups && !(group !== undefined && groups.includes(group))
      ? `it is for the groups ${groups.map(nameOf).join(', ')}`
      : undefined,
  ({ roles }, { ask }) =>
    roles && !(ask.kind === 'grant' && roles.includes(ask.role))
      ? `it is for the roles ${roles.join(', ')}`
      : undefined,
  checkSizeClass,
  checkDuration,
  checkBudget,
];

/**
 * Says what the rules make of a request: the first that holds approves it. A role in a namespace that the
 * requester cannot see is for people to decide, whatever the rules say, so that an answer does not tell
 * whether there is such a namespace.
 */
export function judge(
  rules: RequestRule[],
  facts: RequestFacts,
): Omit<RequestVerdict, 'approvers'> {
  if (facts.ask.kind === 'grant' && !facts.seen) {
    return needsApproval([
      'None of your groups holds a role there, so a person decides',
    ]);
  }
  if (rules.length === 0) {
    return needsApproval(['There are no rules, so a person decides']);
  }
  const reasons: string[] = [];
  for (const rule of rules) {
    const problems = CHECKS.map(check => check(rule, facts)).filter(
      problem => problem !== undefined,
    );
    if (problems.length === 0) {
      return {
        outcome: 'AutoApprove',
        rule: rule.name,
        reasons: [`The rule "${rule.name}" holds`],
      };
    }
    reasons.push(
      `The rule "${rule.name}" does not apply: ${problems.join('; ')}`,
    );
  }
  return needsApproval(reasons);
}

function checkSizeClass(
  { sizeClasses }: RequestRule,
  { ask, bounds }: RequestFacts,
): string | undefined {
  if (!sizeClasses) {
    return undefined;
  }
  const asked = ask.kind === 'grant' ? undefined : ask.quota.sizeClass;
  return asked === undefined || !sizeClasses.includes(asked) || !bounds
    ? `it is for the size classes ${sizeClasses.join(', ')}`
    : partial(bounds);
}

function checkDuration(
  { maxDurationMs }: RequestRule,
  { ask, now }: RequestFacts,
): string | undefined {
  if (maxDurationMs === undefined) {
    return undefined;
  }
  const end = ask.kind === 'quota' ? undefined : ask.expiresAt;
  if (end === undefined) {
    return 'it is for what ends';
  }
  const latest = new Date(now.getTime() + maxDurationMs);
  return new Date(end).getTime() <= latest.getTime()
    ? undefined
    : `it is for what ends by ${latest.toISOString()}`;
}

/** Amounts of the group are not told: who asks for a quota need not be of the group that owns the namespace. */
function checkBudget(
  { groupQuota }: RequestRule,
  { ask, bounds, cluster, group, promised }: RequestFacts,
): string | undefined {
  if (!groupQuota) {
    return undefined;
  }
  if (!bounds) {
    return 'it is for what has a quota';
  }
  if (group === undefined) {
    return 'it is for namespaces that a group owns';
  }
  const { unbounded, beyond } = misfitOf(groupQuota, promised, {
    clusterId: cluster.id,
    namespace: ask.namespace,
    hard: bounds.hard,
  });
  return (
    [
      partial(bounds),
      unbounded.length > 0 && `it is for quotas of ${unbounded.join(', ')}`,
      beyond.length > 0 &&
        `${nameOf(group)} has less ${beyond.join(', ')} left`,
    ]
      .filter(Boolean)
      .join('; ') || undefined
  );
}

/** A quota that counts some pods only bounds nothing for the others. */
function partial({ priorityClasses }: QuotaBounds): string | undefined {
  return priorityClasses.length > 0
    ? 'it is for quotas that count all pods'
    : undefined;
}

function needsApproval(reasons: string[]): Omit<RequestVerdict, 'approvers'> {
  return { outcome: 'NeedsApproval', reasons };
}
