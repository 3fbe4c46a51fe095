import { ConflictError } from '@backstage/errors';
import {
  RequestSpec,
  RequestVerdict,
  SizeClass,
} from '@berth/plugin-berth-common';
import { entitlementsOf } from '../access/entitlementsOf';
import { QuotaBounds } from '../model/tenancy';
import { Deciders } from './approvers';
import {
  grantTakesAway,
  Holding,
  holdingOf,
  misfitOf,
  quotaTakesAway,
} from './limits';
import { nameOf, PromisedNamespace, Requester, StoredVerdict } from './model';
import { RequestRule } from './settings';
import { RequestStore, RequestStores } from './store';
import { ValidatedRequest } from './validate';

/** The facts about a request that the rules use. */
export interface RequestFacts {
  spec: RequestSpec;
  cluster: { id: string; labels?: Record<string, string> };
  /** Entity ref. For a namespace or a grant: the group that gets it; for a quota: the owner of the namespace. */
  group?: string;
  /** The bounds of the requested quota. */
  bounds?: QuotaBounds;
  /** Whether the requester can see the namespace; false for a new namespace. */
  seen: boolean;
  /** The promises to the namespaces of the group. */
  promised: PromisedNamespace[];
  /** For a grant: the current role of the group in the namespace. */
  holding?: Holding;
  /** For a grant: whether the requester is in the group that owns the namespace. */
  ownsNamespace?: boolean;
  /** For a quota: the current quota of the namespace. */
  current?: QuotaBounds;
  /** The size classes, for their titles. */
  sizeClasses: SizeClass[];
  now: Date;
}

type Scope = Pick<RequestFacts, 'spec' | 'cluster' | 'group'>;

type Check<Facts> = (rule: RequestRule, facts: Facts) => string | undefined;

/* Each check returns the reason why a rule does not apply. */

const SCOPE_CHECKS: Check<Scope>[] = [
  ({ clusters }, { spec }) =>
    clusters && !clusters.includes(spec.cluster)
      ? `only for the clusters ${clusters.join(', ')}`
      : undefined,
  ({ clusterLabels = {} }, { cluster: { labels = {} } }) => {
    const missing = Object.entries(clusterLabels).filter(
      ([name, value]) => !Object.hasOwn(labels, name) || labels[name] !== value,
    );
    return missing.length > 0
      ? `only for clusters labelled ${missing
          .map(([name, value]) => `${name}=${value}`)
          .join(', ')}`
      : undefined;
  },
  ({ groups }, { group }) =>
    groups && !(group !== undefined && groups.includes(group))
      ? `only for the groups ${groups.map(nameOf).join(', ')}`
      : undefined,
  ({ roles }, { spec }) =>
    roles && spec.kind === 'grant' && !roles.includes(spec.role)
      ? `only for the role ${roles.join(' or ')}`
      : undefined,
];

const CHECKS: Check<RequestFacts>[] = [
  ...SCOPE_CHECKS,
  checkSizeClass,
  checkPlacement,
  checkDuration,
  checkBudget,
];

/** Returns the first rule with a group quota that could approve a request of this kind, group and cluster. */
export function budgetRuleOf(
  rules: RequestRule[],
  scope: Scope,
): RequestRule | undefined {
  return rules.find(
    rule =>
      rule.groupQuota &&
      isAbout(rule, scope.spec) &&
      SCOPE_CHECKS.every(check => check(rule, scope) === undefined),
  );
}

/**
 * Applies the rules to a request: the first rule that applies approves it. Regardless of the rules, a person decides
 *
 * - a role in a namespace that the requester cannot see, so that the answer does not reveal whether the namespace
 *   exists;
 * - a role for a group that has none there, unless the requester is in the group that owns the namespace;
 * - a request that lowers, shortens or newly limits what a group or namespace has.
 */
export function verdictOf(
  rules: RequestRule[],
  facts: RequestFacts,
): Omit<RequestVerdict, 'approvers'> {
  const reserved = reservedForPeople(facts);
  if (reserved !== undefined) {
    return needsApproval([`${reserved}, so a person decides`]);
  }
  const about = rules.filter(rule => isAbout(rule, facts.spec));
  if (about.length === 0) {
    return needsApproval([
      'No rule is about requests of this kind, so a person decides',
    ]);
  }
  const reasons: string[] = [];
  for (const rule of about) {
    const problems = CHECKS.map(check => check(rule, facts)).filter(
      problem => problem !== undefined,
    );
    if (problems.length === 0) {
      return {
        outcome: 'AutoApprove',
        rule: rule.name,
        reasons: [`The rule "${rule.name}" applies`],
      };
    }
    reasons.push(
      `The rule "${rule.name}" does not apply: ${problems.join('; ')}`,
    );
  }
  return needsApproval(reasons);
}

function reservedForPeople(facts: RequestFacts): string | undefined {
  const { spec, bounds, current, holding, ownsNamespace, seen } = facts;
  switch (spec.kind) {
    case 'grant':
      if (!seen) {
        return 'None of the requester’s groups holds a role in the namespace';
      }
      if (!holding && !ownsNamespace) {
        return 'The role is for a group that has none there, and the requester is not in the group that owns the namespace';
      }
      return grantTakesAway(spec, holding);
    case 'quota':
      return bounds && quotaTakesAway(bounds, current);
    default:
      return undefined;
  }
}

/** A rule that can never approve requests of this kind is left out of the reasons. */
function isAbout(rule: RequestRule, { kind }: RequestSpec): boolean {
  const { kinds, roles, sizeClasses, groupQuota, maxDurationMs } = rule;
  return (
    (!kinds || kinds.includes(kind)) &&
    (!roles || kind === 'grant') &&
    (!(sizeClasses || groupQuota) || kind !== 'grant') &&
    (maxDurationMs === undefined || kind !== 'quota')
  );
}

function checkSizeClass(
  { sizeClasses }: RequestRule,
  { spec, bounds, sizeClasses: all }: RequestFacts,
): string | undefined {
  if (!sizeClasses) {
    return undefined;
  }
  const requested = spec.kind === 'grant' ? undefined : spec.quota.sizeClass;
  const titles = sizeClasses.map(
    name => all.find(one => one.name === name)?.title ?? name,
  );
  return requested === undefined || !sizeClasses.includes(requested) || !bounds
    ? `only for the size ${titles.join(' or ')}`
    : partial(bounds);
}

/**
 * A quota that moves the pods of a namespace to other nodes, such as those with GPUs, needs a rule that names the size
 * class: a group quota says nothing about nodes.
 */
function checkPlacement(
  { sizeClasses }: RequestRule,
  { bounds, current }: RequestFacts,
): string | undefined {
  return sizeClasses || !bounds || isSamePlacement(bounds, current)
    ? undefined
    : 'only for quotas that leave the pods on the same nodes, as the rule names no sizeClasses';
}

function isSamePlacement(
  { placement }: QuotaBounds,
  current: QuotaBounds | undefined,
): boolean {
  return JSON.stringify(placement) === JSON.stringify(current?.placement);
}

function checkDuration(
  { maxDurationMs }: RequestRule,
  { spec, now }: RequestFacts,
): string | undefined {
  if (maxDurationMs === undefined) {
    return undefined;
  }
  const end = spec.kind === 'quota' ? undefined : spec.expiresAt;
  const latest = new Date(now.getTime() + maxDurationMs);
  const days = Math.floor(maxDurationMs / 86_400_000);
  const longest = days > 0 ? `${days} d` : `until ${latest.toISOString()}`;
  return end !== undefined && new Date(end).getTime() <= latest.getTime()
    ? undefined
    : `only for requests with an end date, at most ${longest}`;
}

/** Hides the group's amounts, because the requester of a quota may not be in the group that owns the namespace. */
function checkBudget(
  { groupQuota }: RequestRule,
  { spec, bounds, cluster, group, promised }: RequestFacts,
): string | undefined {
  if (!groupQuota) {
    return undefined;
  }
  if (!bounds) {
    return 'only for requests with a quota';
  }
  if (group === undefined) {
    return 'only for namespaces that a group owns';
  }
  const { unbounded, beyond } = misfitOf(groupQuota, promised, {
    clusterId: cluster.id,
    namespace: spec.namespace,
    hard: bounds.hard,
  });
  return (
    [
      partial(bounds),
      unbounded.length > 0 &&
        `only for quotas that limit ${unbounded.join(', ')}`,
      beyond.length > 0 &&
        `${nameOf(group)} has less ${beyond.join(', ')} left`,
    ]
      .filter(Boolean)
      .join('; ') || undefined
  );
}

/** A quota that counts only some pods does not limit the others. */
function partial({ priorityClasses }: QuotaBounds): string | undefined {
  return priorityClasses.length > 0
    ? 'only for quotas that count all pods'
    : undefined;
}

function needsApproval(reasons: string[]): Omit<RequestVerdict, 'approvers'> {
  return { outcome: 'NeedsApproval', reasons };
}

/** Reads the facts in the caller's transaction, so that they cannot change meanwhile, and applies the rules. */
export async function readVerdict(
  validated: ValidatedRequest,
  { approvers, undecidable }: Deciders,
  {
    rules,
    sizeClasses,
    stores,
  }: {
    rules: RequestRule[];
    sizeClasses: SizeClass[];
    stores: RequestStores;
  },
): Promise<StoredVerdict> {
  const { content, cluster, seen } = validated;
  const { spec, bounds, decider } = content;
  const now = new Date();
  const group = spec.kind === 'grant' ? spec.group : decider;
  const verdict = verdictOf(rules, {
    spec,
    cluster,
    group,
    bounds,
    seen,
    promised:
      group === undefined ? [] : await stores.requests.promisedTo(group),
    ...(seen && (await replacedBy(stores, validated, now))),
    sizeClasses,
    now,
  });
  return {
    ...verdict,
    approvers,
    ...(verdict.outcome === 'NeedsApproval' && undecidable && { undecidable }),
    ...(spec.kind === 'grant' && !seen && { unseen: true }),
  };
}

/** Returns the quota or role that the request would replace. */
async function replacedBy(
  { tenancy }: RequestStores,
  { content, person }: ValidatedRequest,
  now: Date,
): Promise<Pick<RequestFacts, 'current' | 'holding' | 'ownsNamespace'>> {
  const { spec, clusterId } = content;
  const key = { clusterId, name: spec.namespace };
  if (spec.kind === 'quota') {
    const [current] = await tenancy.quotas.list(key);
    return { current };
  }
  if (spec.kind === 'namespace') {
    return {};
  }
  const owner = (await tenancy.namespaces.get(key))?.owner;
  const names =
    owner === undefined ? [] : await tenancy.grants.groupIdentities([owner]);
  const owners =
    owner === undefined || names.length > 0 ? names : [{ group: owner }];
  return {
    holding: holdingOf(await tenancy.grants.list(key), spec.group, now),
    ownsNamespace: entitlementsOf(person, owners).length > 0,
  };
}

/**
 * Keeps a script from filling the approvers' inbox.
 *
 * @param requests - the store of a transaction, so that concurrent requests are all counted
 * @throws ConflictError if the person has as many unfinished requests as allowed
 */
export async function assertRoom(
  requests: RequestStore,
  requester: Requester,
  openPerPerson: number,
): Promise<void> {
  await requests.lockCount(requester.userRef);
  const count = await requests.countUnfinished(requester);
  if (count >= openPerPerson) {
    throw new ConflictError(
      `You have ${count} requests that are not over, and the limit is ${openPerPerson} for each person: withdraw some, or wait until they are decided`,
    );
  }
}
