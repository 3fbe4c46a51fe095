import { isError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AccessExplanation,
  berthTokenCreatePermission,
  ReviewedAccess,
} from '@berth/plugin-berth-common';
import {
  KubeClient,
  KubeClientFactory,
  redact,
  SELF_SUBJECT_ACCESS_REVIEWS,
  SUBJECT_ACCESS_REVIEWS,
} from '../../kube';
import { ClusterRecord, ShareStore } from '../../model/clusters';
import {
  GrantStore,
  NamespaceStore,
  PersonalNamespaceStore,
} from '../../model/tenancy';
import { Caller } from '../Callers';
import { ClusterAccess, VisibleCluster } from '../ClusterAccess';
import { readsEverything } from '../readsEverything';
import { Outcome } from '../../model/outcome';
import { Person } from '../../model/people';
import { expectedAccess, ResourceAttributes } from './expectedAccess';
import { explain, PersonalFacts } from './explain';
import { reviewStep } from './review';

const REVIEW_DEADLINE_MS = 10_000;
const NO_TOKEN = `the permission policy of the portal gives you no token for this cluster (${berthTokenCreatePermission.name})`;

export interface AccessExplainerOptions {
  access: Pick<ClusterAccess, 'get'>;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  clients: KubeClientFactory;
  grants: Pick<GrantStore, 'listByGroups'>;
  namespaces: Pick<NamespaceStore, 'get'>;
  personal: Pick<PersonalNamespaceStore, 'get' | 'isOpenToFormer' | 'list'>;
  shares: Pick<ShareStore, 'list'>;
}

/** A question about the access of a person. */
export interface ExplanationQuestion {
  caller: Caller;
  /** The caller, or a person that the caller may ask about. */
  person: Person;
  clusterName: string;
  namespace?: string;
  /** Mints a token for the caller and the cluster. */
  mintForCaller: (visible: VisibleCluster) => Promise<string>;
}

/** Collects the facts of an explanation, and asks the cluster to confirm it. */
export class AccessExplainer {
  readonly #options: AccessExplainerOptions;

  constructor(options: AccessExplainerOptions) {
    this.#options = options;
  }

  async explain(question: ExplanationQuestion): Promise<AccessExplanation> {
    const { caller, person, clusterName, namespace } = question;
    const { shares, grants, personal, adminGroups } = this.#options;
    const seesAll = readsEverything(caller.person);
    const visible = await this.#find(question);
    const cluster = visible?.cluster;
    const explanation = explain({
      person,
      self: isSelf(question),
      seesAll,
      clusterName,
      cluster,
      namespace,
      shares: cluster ? await shares.list(cluster.id) : [],
      grants: cluster
        ? await grants.listByGroups(cluster.id, person.groups)
        : [],
      personal: cluster ? await this.#personalOf(person, cluster) : [],
      isOpenToFormer:
        cluster !== undefined &&
        (await personal.isOpenToFormer({
          clusterId: cluster.id,
          user: person.userRef,
          userUid: person.uid,
        })),
      owner:
        cluster && seesAll && namespace !== undefined
          ? await personal.get({ clusterId: cluster.id, name: namespace })
          : undefined,
      adminGroups: [...adminGroups],
      now: new Date(),
    });
    if (!visible || !explanation.allowed) {
      return withoutReview(explanation, 'Not asked: something is missing');
    }
    if (!mayReview(question)) {
      return withoutReview(
        explanation,
        'Not asked: only platform admins can ask the cluster about another person',
      );
    }
    if (await this.#getsToken(question)) {
      return this.#review(question, visible, explanation);
    }
    return withoutReview(
      isSelf(question)
        ? {
            ...explanation,
            allowed: false,
            missing: `You may use the cluster, but ${NO_TOKEN}`,
          }
        : explanation,
      `Not asked: ${NO_TOKEN}`,
    );
  }

  async #personalOf(
    { userRef: user, uid }: Person,
    { id: clusterId }: ClusterRecord,
  ): Promise<PersonalFacts[]> {
    const { namespaces, personal } = this.#options;
    const own = (await personal.list({ clusterId, user })).filter(
      ({ userUid }) => userUid === uid,
    );
    const found = await Promise.all(
      own.map(async one => {
        const namespace = await namespaces.get(one);
        return namespace && namespace.deletingSince === undefined
          ? [{ ...outcomeOf(namespace), ...one }]
          : [];
      }),
    );
    return found.flat();
  }

  /** Returns whether the policy lets the caller get a token for the cluster. */
  async #getsToken({
    caller,
    clusterName,
  }: ExplanationQuestion): Promise<boolean> {
    try {
      await this.#options.access.get(
        caller,
        clusterName,
        berthTokenCreatePermission,
      );
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return false;
      }
      throw error;
    }
  }

  async #find({
    caller,
    clusterName,
  }: ExplanationQuestion): Promise<VisibleCluster | undefined> {
    try {
      return await this.#options.access.get(caller, clusterName);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }

  async #review(
    question: ExplanationQuestion,
    visible: VisibleCluster,
    explanation: AccessExplanation,
  ): Promise<AccessExplanation> {
    const { cluster } = visible;
    const { steps, roles, admin } = explanation;
    const namespace = question.namespace ?? roles[0]?.namespace ?? 'default';
    const held = roles
      .filter(role => role.namespace === namespace)
      .map(({ role }) => role);
    // All reviews share one token.
    let token: Promise<string> | undefined;
    const client = this.#options.clients.create(cluster, () => {
      token ??= question.mintForCaller(visible);
      return token;
    });
    const signal = AbortSignal.timeout(REVIEW_DEADLINE_MS);
    try {
      const items = await Promise.all(
        expectedAccess(namespace, held, admin).map(
          async ({ attributes, question: asked }): Promise<ReviewedAccess> => ({
            ...asked,
            ...(await ask(
              client,
              {
                resourceAttributes: attributes,
                ...subject(question, cluster, explanation),
              },
              signal,
            )),
          }),
        ),
      );
      return {
        ...explanation,
        steps: [...steps, reviewStep(items)],
        review: { checkedAt: new Date().toISOString(), items },
      };
    } catch (error) {
      const reason = redact(isError(error) ? error.message : String(error));
      return {
        ...explanation,
        steps: [
          ...steps,
          {
            link: 'review',
            status: 'Unknown',
            message: `The cluster could not be asked: ${reason}`,
          },
        ],
      };
    }
  }
}

/** An access review for another person requires the token of a cluster admin, which auditors do not get. */
function mayReview(question: ExplanationQuestion): boolean {
  return question.caller.person.admin || isSelf(question);
}

function outcomeOf({ state, cause, message }: Outcome): Outcome {
  return { state, cause, message };
}

function isSelf({ caller, person }: ExplanationQuestion): boolean {
  return caller.person.userRef === person.userRef;
}

/** Another person is identified by name, and the caller by the token. */
function subject(
  question: ExplanationQuestion,
  cluster: ClusterRecord,
  { username, tokenGroups }: AccessExplanation,
): { user?: string; groups?: string[] } {
  return isSelf(question)
    ? {}
    : {
        user: `${cluster.usernamePrefix}${username}`,
        groups: [
          ...tokenGroups.map(group => `${cluster.groupsPrefix}${group}`),
          'system:authenticated',
        ],
      };
}

async function ask(
  client: KubeClient,
  spec: { resourceAttributes: ResourceAttributes; user?: string },
  signal: AbortSignal,
): Promise<Pick<ReviewedAccess, 'allowed' | 'reason'>> {
  const resource =
    spec.user === undefined
      ? SELF_SUBJECT_ACCESS_REVIEWS
      : SUBJECT_ACCESS_REVIEWS;
  const status = await client.review<
    object,
    { allowed?: unknown; reason?: unknown }
  >(resource, spec, { signal });
  return {
    allowed: status.allowed === true,
    ...(typeof status.reason === 'string' &&
      status.reason !== '' && { reason: redact(status.reason) }),
  };
}

function withoutReview(
  explanation: AccessExplanation,
  message: string,
): AccessExplanation {
  return {
    ...explanation,
    steps: [
      ...explanation.steps,
      {
        link: 'review',
        status: 'Skipped',
        message,
      },
    ],
  };
}
