import { NamespaceRole } from './namespaces';

/**
 * A link of the chain from a person to what they may do.
 *
 * - `person`: is in the catalog
 * - `group`: belongs to groups, directly or through nested ones
 * - `share`: the cluster is shared with one of them
 * - `grant`: one of them holds a role in the namespace
 * - `binding`: the role is bound on the cluster
 * - `review`: the cluster itself agrees
 *
 * @public
 */
export type ExplanationLink =
  | 'person'
  | 'group'
  | 'share'
  | 'grant'
  | 'binding'
  | 'review';

/** @public */
export interface ExplanationStep {
  link: ExplanationLink;
  /** `Unknown`: it could not be found out, or is under way; `Skipped`: an earlier link is missing. */
  status: 'Passed' | 'Failed' | 'Unknown' | 'Skipped';
  /** The state, in one sentence. */
  message: string;
  /** What to do if access is missing. */
  hint?: string;
}

/**
 * One way in which a person holds a role.
 *
 * @public
 */
export interface HeldRole {
  namespace: string;
  role: NamespaceRole;
  /** Entity ref of the group that holds it. */
  group: string;
  /** Entity refs from the group that the person is a member of to `group`. */
  path: string[];
  source: 'share' | 'grant';
  /** ISO 8601. */
  expiresAt?: string;
}

/**
 * One question of a live access review.
 *
 * @public
 */
export interface ReviewedAccess {
  verb: string;
  /** Such as `pods` or `deployments.apps`. */
  resource: string;
  /** Empty for the whole cluster. */
  namespace: string;
  /** What the roles that Berth knows of allow. */
  expected: boolean;
  /** What the cluster says. */
  allowed: boolean;
  /** The cluster's reason, where it gives one. */
  reason?: string;
}

/**
 * Why a person may, or may not, use a cluster or a namespace.
 *
 * @public
 */
export interface AccessExplanation {
  /** Entity ref. */
  user: string;
  /** The `sub` of their tokens. */
  username: string;
  /** Whether they are a platform admin, who is cluster-admin on every cluster. */
  admin: boolean;
  cluster: string;
  namespace?: string;
  /** Whether Berth gives them access to the cluster, or with a namespace, to that. */
  allowed: boolean;
  /** The first thing that is missing, in one sentence. */
  missing?: string;
  steps: ExplanationStep[];
  /** Every role that they hold there, and how. */
  roles: HeldRole[];
  /** The groups that a token for the cluster would claim. */
  tokenGroups: string[];
  /** Entity refs of the groups that can fix it. */
  helpers: string[];
  /** Absent where the cluster was not asked or did not answer. */
  review?: {
    /** ISO 8601. */
    checkedAt: string;
    items: ReviewedAccess[];
  };
}

/** @public */
export interface ExplainAccessQuery {
  /** Name of the cluster. */
  cluster: string;
  namespace?: string;
  /** Entity ref; platform admins may ask for others. */
  user?: string;
}
