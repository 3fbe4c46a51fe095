import { RESOURCE_DEADLINE } from '@berth/plugin-berth-common';
import { isKubeError, KubeError, PersonClient } from '../../kube';
import { collectionPath } from '../../kube/objectPath';
import { ClusterDeadlines } from '../ClusterDeadlines';
import { ClusterKind } from '../kinds/discovery';
import { readJsonAnswer } from '../readJsonAnswer';
import { cutManagedFields } from './cutManagedFields';
import { MAX_TOKEN } from './listCursor';
import { parseTable, TablePage } from './parseTable';

/** In milliseconds. */
export const LIST_TIMES = {
  /** To the first byte of the first answer. */
  first: RESOURCE_DEADLINE,
  /** For one answer, from the request to the last byte. */
  call: 30_000,
  /** For all answers of a cluster. */
  cluster: 60_000,
};

/** More than a list of the most rows takes, with room for empty pages. */
const MAX_PAGES = 60;

const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';

export interface ListCallsOptions {
  /** The name of the cluster. */
  cluster: string;
  client: PersonClient;
  deadlines: ClusterDeadlines;
  labelSelector?: string;
  /** Called at the first byte of each answer. */
  onAnswer(): void;
}

/** What to ask for in one call. */
export interface TableRequest {
  kind: ClusterKind;
  /** All namespaces by default. */
  namespace?: string;
  query: Record<string, string | undefined>;
  maxBytes: number;
}

/** The calls of one list to one cluster, with bounds of time, bytes and pages. */
export class ListCalls {
  readonly #options: ListCallsOptions;

  constructor(options: ListCallsOptions) {
    this.#options = options;
  }

  /**
   * Reads one page of a table.
   *
   * @throws KubeError, or the reason for which the calls end
   */
  async page({
    kind,
    namespace,
    query,
    maxBytes,
  }: TableRequest): Promise<TablePage> {
    const { client, cluster, deadlines, onAnswer } = this.#options;
    const finished = deadlines.endAfter(
      LIST_TIMES.call,
      () =>
        `${cluster} did not finish an answer within ${
          LIST_TIMES.call / 1_000
        } s`,
    );
    try {
      const answer = await readJsonAnswer(
        client,
        {
          method: 'GET',
          path: collectionPath(
            {
              ...kind,
              apiVersion:
                kind.group === ''
                  ? kind.version
                  : `${kind.group}/${kind.version}`,
            },
            namespace,
          ),
          query: withoutAbsent(query),
          // A server that knows no Tables answers with whole objects, which a Secret's list must not hold.
          headers: {
            accept: isSecret(kind) ? TABLE : `${TABLE},application/json`,
          },
          signal: deadlines.signal,
        },
        { maxBytes, edit: cutManagedFields, onAnswer },
      );
      const page = parseTable(answer);
      if (!page || (page.plain && isSecret(kind))) {
        throw new KubeError(
          'Protocol',
          `${client.server} answers with something else than a list of ${kind.plural}`,
        );
      }
      return page;
    } finally {
      finished();
    }
  }

  /** Like `page`, for the objects that the person selects. */
  selected(request: TableRequest): Promise<TablePage> {
    const { labelSelector } = this.#options;
    return this.page({
      ...request,
      query: { ...request.query, labelSelector },
    });
  }

  /** @throws KubeError if the pages do not come to an end */
  assertGoesOn(next: string, token: string | undefined, pages: number): void {
    if (next === token || pages >= MAX_PAGES || next.length > MAX_TOKEN) {
      throw new KubeError(
        'Protocol',
        `${this.#options.client.server} does not come to an end with its list`,
        { reason: 'EndlessList' },
      );
    }
  }

  /** The error of a page with more rows than the call asked for. */
  tooMany({ plural }: ClusterKind, limit: number): KubeError {
    return new KubeError(
      'Protocol',
      `${
        this.#options.cluster
      } has more than ${limit} ${plural}, and does not divide them into pages`,
      { reason: 'TooManyItems' },
    );
  }
}

export function isSecret({ group, plural }: ClusterKind): boolean {
  return group === '' && plural === 'secrets';
}

export function isTooLarge(error: unknown): boolean {
  return isKubeError(error) && error.reason === 'ResponseTooLarge';
}

function withoutAbsent(
  query: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
