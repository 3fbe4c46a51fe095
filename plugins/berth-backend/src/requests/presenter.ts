import {
  AccessRequest,
  Quantity,
  RequestObservation,
  RequestVerdict,
} from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { readsEverything } from '../access/readsEverything';
import { ClusterStore } from '../model/clusters';
import { QuotaRecord } from '../model/tenancy';
import { Approvers, RequestRole } from './approvers';
import { leftOf, othersOf } from './limits';
import {
  mayStep,
  PromisedNamespace,
  RequestRecord,
  StoredVerdict,
  whyOver,
} from './model';
import { budgetRuleOf } from './policy';
import { RequestRule } from './settings';
import { RequestDatabase } from './store';

export interface RequestPresenterOptions {
  approvers: Approvers;
  clusters: Pick<ClusterStore, 'list'>;
  database: RequestDatabase;
  rules: RequestRule[];
}

/** Presents requests as the API does: each caller gets only the parts that the caller may see. */
export class RequestPresenter {
  readonly #options: RequestPresenterOptions;

  constructor(options: RequestPresenterOptions) {
    this.#options = options;
  }

  /** Presents one request, with the details of its page. */
  async presentOne(
    caller: Caller,
    request: RequestRecord,
    role: RequestRole,
  ): Promise<AccessRequest> {
    const [shown] = await this.present(caller, [{ request, role }]);
    const { spec, clusterId, applied, state } = request;
    const key = { clusterId, name: spec.namespace };
    const namespace = await this.#options.database.tenancy.namespaces.get(key);
    const gone =
      state === 'Ready' &&
      (namespace?.createdAt !== applied?.namespaceCreatedAt ||
        namespace?.deletingSince !== undefined);
    return {
      ...shown,
      ...(gone && { gone }),
      ...(shown.observed && {
        observed: {
          ...shown.observed,
          namespaceExists: namespace !== undefined,
          ...(namespace?.owner !== undefined && {
            namespaceOwner: namespace.owner,
          }),
        },
      }),
    };
  }

  async present(
    caller: Caller,
    requests: { request: RequestRecord; role: RequestRole }[],
  ): Promise<AccessRequest[]> {
    const observe = await this.#observer(
      requests
        .filter(({ role }) => seesMore(caller, role))
        .map(({ request }) => request),
    );
    return requests.map(({ request, role }) => {
      const { id, spec, state, requester, createdAt, updatedAt } = request;
      const more = seesMore(caller, role);
      return {
        id,
        spec,
        state,
        requester,
        createdAt,
        updatedAt,
        steps: request.steps,
        ...(request.verdict && {
          verdict: this.#verdict(request.verdict, more),
        }),
        ...(more && { observed: observe(request) }),
        may: {
          decide: role.decider && mayStep(state, 'Approved', 'decider'),
          withdraw: role.requester && mayStep(state, 'Withdrawn', 'requester'),
          submit: role.requester && mayStep(state, 'Submitted', 'requester'),
          retry: mayRetry(request, role),
        },
      };
    });
  }

  /** Returns the verdict on a request that the caller previews. */
  verdictFor(caller: Caller, verdict: StoredVerdict): RequestVerdict {
    return this.#verdict(verdict, readsEverything(caller.person));
  }

  /**
   * The requester of an unseen namespace does not learn who decides, or whether anyone does, because both depend on
   * its owner.
   */
  #verdict(verdict: StoredVerdict, more: boolean): RequestVerdict {
    const { unseen, ...all } = verdict;
    const approvers = this.#options.approvers.ofUnseen();
    return unseen && !more
      ? { ...all, approvers, undecidable: undefined }
      : all;
  }

  async #observer(
    requests: RequestRecord[],
  ): Promise<(request: RequestRecord) => RequestObservation> {
    const { clusters, database, rules } = this.#options;
    const quotas = await database.tenancy.quotas.listByNamespaces(
      requests.map(({ clusterId, spec }) => ({
        clusterId,
        name: spec.namespace,
      })),
    );
    const labels = new Map(
      (await clusters.list()).map(cluster => [cluster.id, cluster.labels]),
    );
    const promised = new Map<string, PromisedNamespace[]>();
    for (const { decider, bounds } of requests) {
      if (decider !== undefined && bounds && !promised.has(decider)) {
        promised.set(decider, await database.requests.promisedTo(decider));
      }
    }
    return request => {
      const quota = quotas.find(
        ({ clusterId, namespace }) =>
          clusterId === request.clusterId &&
          namespace === request.spec.namespace,
      );
      return {
        ...(request.bounds && { requested: request.bounds.hard }),
        ...(quota && observationOf(quota)),
        ...leftFor(request, labels.get(request.clusterId), rules, promised),
      };
    };
  }
}

function seesMore({ person }: Caller, role: RequestRole): boolean {
  return role.decider || readsEverything(person);
}

/** Returns whether the caller may retry a failed request. */
function mayRetry(request: RequestRecord, role: RequestRole): boolean {
  return (
    request.state === 'Failed' &&
    (role.requester || role.decider) &&
    whyOver(request, new Date()) === undefined
  );
}

function observationOf({ hard, used, observedAt }: QuotaRecord) {
  return {
    hard,
    ...(used && { used }),
    ...(observedAt !== undefined && { observedAt }),
  };
}

/** Returns what is left under the first rule with a group quota that could apply to the request. */
function leftFor(
  { spec, clusterId, decider, bounds }: RequestRecord,
  labels: Record<string, string> | undefined,
  rules: RequestRule[],
  promised: Map<string, PromisedNamespace[]>,
): Pick<RequestObservation, 'left' | 'leftRule'> {
  const rule = budgetRuleOf(rules, {
    spec,
    cluster: { id: clusterId, labels },
    group: decider,
  });
  if (!rule?.groupQuota || decider === undefined || !bounds) {
    return {};
  }
  // Like the rule, this does not count the quota that the request replaces.
  const others = othersOf(promised.get(decider) ?? [], {
    clusterId,
    namespace: spec.namespace,
  });
  const left = leftOf(rule.groupQuota, others);
  return {
    leftRule: rule.name,
    left: Object.fromEntries(
      Object.entries(left).map(([resource, amount]) => [
        resource,
        amount.compare(Quantity.zero) < 0 ? '0' : amount.toString(),
      ]),
    ),
  };
}
