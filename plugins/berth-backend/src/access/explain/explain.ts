import {
  AccessExplanation,
  ExplanationLink,
  ExplanationStep,
  RoleAssignment,
  NAMESPACE_ROLES,
} from '@berth/plugin-berth-common';
import { ClusterRecord, ShareRecord } from '../../model/clusters';
import { isSameGroup } from '../../model/groupIdentity';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { Outcome } from '../../model/outcome';
import { GrantRecord, PersonalNamespaceRecord } from '../../model/tenancy';
import { tokenClaims } from '../claims';
import { entitlementsOf } from '../entitlementsOf';
import { Person } from '../../model/people';

/** A personal namespace, with the result of the reconciler for it. */
export type PersonalFacts = PersonalNamespaceRecord & Outcome;

/** The facts of an explanation. */
export interface ExplanationFacts {
  person: Person;
  /** Whether the person asks about their own access, and is addressed as "you". */
  self: boolean;
  /** Whether the caller sees clusters that are not shared with their groups, like admins and auditors. */
  seesAll: boolean;
  /** The name in the request, unchanged. */
  clusterName: string;
  /** Undefined if there is no cluster with the name, or the person may not know of it. */
  cluster?: Pick<ClusterRecord, 'id' | 'name' | 'status'>;
  namespace?: string;
  /** The shares of the cluster. */
  shares: ShareRecord[];
  /** The grants of the person's groups on the cluster. */
  grants: GrantRecord[];
  /** The personal namespaces of the person on the cluster, not those of a former person with the same entity ref. */
  personal: PersonalFacts[];
  /** Whether a token of the person would open a namespace of a former person with the same entity ref. */
  isOpenToFormer: boolean;
  /** The owner of the namespace if it is a personal one, and the caller may know it. */
  owner?: Pick<PersonalNamespaceRecord, 'user' | 'userUid'>;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: string[];
  now: Date;
}

type Link = Omit<ExplanationStep, 'link'>;

/**
 * Explains the access of a person, link by link. The first missing link ends the chain, so that nothing is
 * revealed that the person must not know.
 */
export function explain(facts: ExplanationFacts): AccessExplanation {
  const { person, namespace, clusterName } = facts;
  const roles = rolesOf(facts);
  const links: [ExplanationLink, () => Link][] = [
    ['person', () => personLink(facts)],
    ['group', () => groupLink(facts)],
    ['share', () => tokenLink(facts) ?? shareLink(facts)],
    ['grant', () => grantLink(facts, roles)],
    ['binding', () => bindingLink(facts, roles)],
  ];

  const steps: ExplanationStep[] = [];
  for (const [link, look] of links) {
    const missing = steps.find(({ status }) => status === 'Failed');
    steps.push({
      link,
      ...(missing
        ? { status: 'Skipped', message: 'Not looked at: something is missing' }
        : look()),
    });
  }
  const failed = steps.find(({ status }) => status === 'Failed');
  const claims =
    facts.cluster && !facts.isOpenToFormer
      ? tokenClaims(
          person,
          facts.cluster,
          facts.shares,
          facts.grants,
          facts.now,
        )
      : undefined;
  return {
    user: person.userRef,
    username: person.username,
    admin: person.admin,
    cluster: clusterName,
    ...(namespace !== undefined && { namespace }),
    allowed: !failed,
    ...(failed && { missing: failed.message }),
    steps,
    roles,
    tokenGroups: claims?.groups ?? [],
    helpers: failed ? facts.adminGroups : [],
  };
}

/** Returns all role assignments of the person, the greatest role first. */
function rolesOf(facts: ExplanationFacts): RoleAssignment[] {
  const { person, cluster, shares, grants, now } = facts;
  if (!cluster) {
    return [];
  }
  const shared = new Set(
    entitlementsOf(person, shares).map(({ group }) => group),
  );
  const ofGroups = entitlementsOf(person, grants)
    .filter(({ group }) => shared.has(group))
    .filter(({ namespace }) => isAsked(facts, namespace))
    .filter(({ expiresAt }) => !isOver(expiresAt, now))
    .map(({ expiresAt, ...grant }) => ({
      namespace: grant.namespace,
      role: grant.role,
      group: grant.group,
      path: pathTo(person, grant.group),
      source: grant.source,
      ...(expiresAt !== undefined && { expiresAt }),
    }));
  const own = personalAsked(facts)
    .filter(({ absentSince }) => absentSince === undefined)
    .map(({ name, role, user }) => ({
      namespace: name,
      role,
      group: user,
      path: [user],
      source: 'personal' as const,
    }));
  return [...own, ...ofGroups].sort(
    (a, b) =>
      NAMESPACE_ROLES.indexOf(a.role) - NAMESPACE_ROLES.indexOf(b.role) ||
      a.namespace.localeCompare(b.namespace),
  );
}

function personalAsked(facts: ExplanationFacts): PersonalFacts[] {
  // Without a share, the person gets no token for the cluster.
  return facts.person.admin ||
    entitlementsOf(facts.person, facts.shares).length > 0
    ? facts.personal.filter(({ name }) => isAsked(facts, name))
    : [];
}

function isAsked(
  { namespace: asked }: ExplanationFacts,
  namespace: string,
): boolean {
  return asked === undefined || asked === namespace;
}

function personLink({ person, self }: ExplanationFacts): Link {
  const { userRef, username } = person;
  return passed(
    self
      ? `You are ${userRef} in the catalog and ${username} on clusters`
      : `${userRef} is in the catalog and is ${username} on clusters`,
  );
}

function groupLink({ person, self }: ExplanationFacts): Link {
  const { userRef, memberships, admin } = person;
  if (memberships.length === 0) {
    return self
      ? {
          status: 'Failed',
          message: 'You are a member of no group of the catalog',
          hint: 'Ask a platform admin to make you a member of a group in the catalog: clusters are shared with groups',
        }
      : {
          status: 'Failed',
          message: `${userRef} is a member of no group of the catalog`,
          hint: `Make ${userRef} a member of a group in the catalog: clusters are shared with groups`,
        };
  }
  const listed = memberships.map(({ group, path }) =>
    path.length > 1
      ? `${titleIn(person, group)} (through ${titleIn(person, path[0])})`
      : titleIn(person, group),
  );
  const are = self ? 'You are' : `${userRef} is`;
  return passed(
    `${are} a member of ${listed.join(', ')}${
      admin ? ', and therefore a platform admin' : ''
    }`,
  );
}

/** Returns why the person gets no token, for a cluster that the person may know. */
function tokenLink(facts: ExplanationFacts): Link | undefined {
  const { person, self, cluster, isOpenToFormer } = facts;
  return cluster && isOpenToFormer
    ? {
        status: 'Failed',
        message: `A former user ${person.userRef} had a personal namespace on ${
          cluster.name
        }, to which ${self ? 'your' : 'a'} token would give access, so ${
          self ? 'you get' : `${person.userRef} gets`
        } no token for ${cluster.name}`,
        hint: `Berth takes that access away first, as soon as ${cluster.name} answers; the page of the cluster has its state`,
      }
    : undefined;
}

function shareLink(facts: ExplanationFacts): Link {
  const { person, self, seesAll, clusterName, cluster, shares } = facts;
  if (cluster && person.admin) {
    return passed(
      `Platform admins may use ${cluster.name}, shared with their groups or not`,
    );
  }
  const own = entitlementsOf(person, shares);
  if (cluster && own.length > 0) {
    return passed(
      `${cluster.name} is shared with ${own
        .map(({ group }) => titleIn(person, group))
        .join(', ')}`,
    );
  }
  const former = shares.filter(({ group, groupUid }) =>
    person.memberships.some(
      membership =>
        membership.group === group && !isSameGroup(groupUid, membership.uid),
    ),
  );
  if (cluster && former.length > 0) {
    return {
      status: 'Failed',
      message: `${cluster.name} was shared with ${titleIn(
        person,
        former[0].group,
      )} before that group was deleted and made again in the catalog`,
      hint: "A platform admin can let the new group take over, on the cluster's Access tab",
    };
  }
  if (seesAll) {
    return cluster
      ? {
          status: 'Failed',
          message: `${cluster.name} is not shared with any of ${
            self ? 'your' : 'these'
          } groups`,
          hint: "A platform admin can share it with one of them, on the cluster's Access tab",
        }
      : {
          status: 'Failed',
          message: `There is no cluster ${quoteUntrusted(
            clusterName,
          )} that you can see`,
          hint: 'Check the name: the Clusters page lists all clusters',
        };
  }
  return {
    status: 'Failed',
    message: `There is no cluster ${quoteUntrusted(
      clusterName,
    )}, or it is not shared with any of your groups`,
    hint: 'Ask a platform admin to share it with one of them, if the name is right',
  };
}

function grantLink(facts: ExplanationFacts, roles: RoleAssignment[]): Link {
  const { person, self, namespace, cluster, owner } = facts;
  if (person.admin) {
    return passed(
      `Platform admins are cluster-admin on ${cluster?.name}, in every namespace`,
    );
  }
  if (roles.length > 0) {
    return passed(roles.map(role => assignmentText(role, facts)).join('; '));
  }
  const [absent] = personalAsked(facts);
  if (absent) {
    return {
      status: 'Failed',
      message: `${absent.name} is the personal namespace of ${absent.user}, but the catalog has lacked this user since ${absent.absentSince}, so the role ${absent.role} was taken away`,
      hint: 'Berth gives the role back within minutes after the same user is in the catalog again',
    };
  }
  const over = entitlementsOf(person, facts.grants).filter(
    grant =>
      isOver(grant.expiresAt, facts.now) && isAsked(facts, grant.namespace),
  );
  if (over.length > 0) {
    return {
      status: 'Failed',
      message: `${titleIn(person, over[0].group)} held ${over[0].role} in ${
        over[0].namespace
      } until ${over[0].expiresAt}`,
      hint: 'Ask a platform admin to grant it again',
    };
  }
  const none = `${self ? 'your' : 'these'} groups holds a role in`;
  if (owner && namespace !== undefined) {
    return {
      status: 'Failed',
      message: `${namespace} on ${cluster?.name} is the personal namespace of ${
        owner.user === person.userRef ? 'a former user ' : ''
      }${owner.user}, and none of ${none} it`,
      hint: 'A platform admin can transfer the namespace, or give one of the groups a role in it',
    };
  }
  return {
    status: 'Failed',
    message: `None of ${none} ${
      namespace === undefined ? 'any namespace' : quoteUntrusted(namespace)
    } on ${cluster?.name}`,
    hint: 'Ask a platform admin for a role there for one of the groups',
  };
}

function assignmentText(
  { group, namespace, role, source, expiresAt }: RoleAssignment,
  { person, self }: ExplanationFacts,
): string {
  if (source === 'personal') {
    return `${
      self ? 'You hold' : `${group} holds`
    } ${role} in ${namespace}, the personal namespace of ${group}`;
  }
  return `${titleIn(person, group)} holds ${role} in ${namespace}${
    source === 'share' ? ', its default namespace' : ''
  }${expiresAt ? `, until ${expiresAt}` : ''}`;
}

function bindingLink(facts: ExplanationFacts, roles: RoleAssignment[]): Link {
  const { person, cluster, grants } = facts;
  if (person.admin) {
    return passed(
      `${cluster?.name} binds cluster-admins to cluster-admin, by the onboarding manifest`,
    );
  }
  const all = [
    ...grants,
    ...personalAsked(facts).map(({ name, user, ...one }) => ({
      ...one,
      namespace: name,
      group: user,
    })),
  ];
  const own = all.filter(one =>
    roles.some(
      role => role.group === one.group && role.namespace === one.namespace,
    ),
  );
  const failed = own.filter(({ state }) => state === 'Failed');
  if (own.length > 0 && failed.length === own.length) {
    const [{ role, namespace, cause, message }] = failed;
    return {
      status: 'Failed',
      message: `${role} could not be bound in ${namespace}: ${
        message ?? cause
      }`,
      hint: `Berth retries automatically; a platform admin can see the reason on the page of ${cluster?.name}`,
    };
  }
  const pending = own.filter(({ state }) => state === 'Pending');
  return pending.length > 0
    ? {
        status: 'Unknown',
        message: `${pending
          .map(({ role, namespace }) => `${role} in ${namespace}`)
          .join(', ')} is being bound on ${cluster?.name}`,
        hint: 'That takes seconds while the cluster answers',
      }
    : passed(
        own
          .map(({ role, namespace }) => `${role} is bound in ${namespace}`)
          .join('; '),
      );
}

function passed(message: string): Link {
  return { status: 'Passed', message };
}

/** Returns the title of a group if the catalog has one, otherwise its ref. */
function titleIn({ memberships }: Person, ref: string): string {
  return memberships.find(({ group }) => group === ref)?.title ?? ref;
}

function pathTo({ memberships }: Person, group: string): string[] {
  return memberships.find(item => item.group === group)?.path ?? [];
}

function isOver(expiresAt: string | undefined, now: Date): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();
}
