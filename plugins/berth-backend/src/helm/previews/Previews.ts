import { ConflictError, NotFoundError } from '@backstage/errors';
import { HelmRequest } from '@berth/plugin-berth-common';
import { logTextsOf, textsOf } from '../preflight/sentences';
import { readHistory, ReleaseHistory } from '../releases/readHistory';
import { ReleaseReader } from '../releases/ReleaseReader';
import { StoredRevision } from '../releases/types';
import { AllowedObject, HelmCommand } from '../runner/types';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { digestOf } from './digest';
import { installPreview } from './installPreview';
import {
  emptyDraft,
  Plan,
  PreviewSubject,
  ReleaseRequest,
  ReleaseSubject,
  RequestOf,
} from './PreviewDraft';
import { rollbackPreview } from './rollbackPreview';
import { outsideOf, shownWork } from './shownWork';
import { testPreview } from './testPreview';
import {
  PreparedPreview,
  PreparesPreviews,
  PreviewCaller,
  PreviewsOptions,
} from './types';
import { uninstallPreview } from './uninstallPreview';
import { upgradePreview } from './upgradePreview';

/** The objects that a warning names. */
const MAX_NAMED = 20;

const AFTER_UNINSTALLATION =
  'Roll back to one of its revisions, or uninstall it again without the history';

/** Prepares operations on releases as the person who asks. */
export class Previews implements PreparesPreviews {
  readonly #options: PreviewsOptions;

  constructor(options: PreviewsOptions) {
    this.#options = options;
  }

  async preview(
    caller: PreviewCaller,
    request: HelmRequest,
    signal: AbortSignal,
  ): Promise<PreparedPreview> {
    if (request.kind === 'install') {
      return this.#install({ caller, request, signal });
    }
    const { reader } = caller;
    const [latest] = await reader.revisions();
    // Before the contents, so that a change between them is found when the operation starts.
    const history = await readHistory(reader);
    if (latest.revision !== request.baseRevision) {
      throw new ConflictError(
        `${request.release} changed: its latest revision is ${latest.revision}, and not ${request.baseRevision}. Load the page again`,
      );
    }
    const base = await reader.open(latest.revision);
    const blocked = [
      ...blockingRefusals(latest, request),
      ...(history.problem === undefined ? [] : [history.problem]),
    ];
    const subject: ReleaseSubject = { caller, request, base, signal };
    const plan =
      blocked.length > 0
        ? blockedPlan(request, blocked)
        : await this.#plan(subject);
    const chart = plan.chart ?? base.release.summary.chart;
    return this.#prepared(
      subject,
      {
        ...plan,
        ...(chart && { chart }),
        draft: {
          ...plan.draft,
          warnings: [...releaseWarnings(subject), ...plan.draft.warnings],
        },
      },
      history,
    );
  }

  async #install(
    subject: PreviewSubject<RequestOf<'install'>>,
  ): Promise<PreparedPreview> {
    const { caller, request } = subject;
    const refusals = await takenBy(caller.reader, request);
    return this.#prepared(
      subject,
      refusals.length > 0
        ? blockedPlan(request, refusals)
        : await installPreview(this.#options, subject),
    );
  }

  #prepared(
    { base, caller, request }: PreviewSubject,
    plan: Plan,
    history?: ReleaseHistory,
  ): PreparedPreview {
    const { cluster, kind, namespace, release } = request;
    const allowed = outsideOf(namespace, plan.written);
    const shown = shownWork(namespace, plan);
    const version = history?.version;
    const digest = digestOf(this.#options.digestKey, [
      ...[caller.cluster.name, cluster, namespace, release],
      ...[kind, base?.stored.revision ?? 0, version],
      ...[plan.decided, allowed],
      ...[shown.rendered?.next, shown.secrets],
    ]);
    const { chart } = plan;
    const { refusals } = plan.draft;
    const warnings = [
      ...outsideWarnings(request, allowed),
      ...plan.draft.warnings,
    ];
    return {
      preview: {
        ...plan.draft,
        digest,
        refusals: textsOf(refusals),
        warnings: textsOf(warnings),
        forLogs: {
          refusals: logTextsOf(refusals),
          warnings: logTextsOf(warnings),
        },
      },
      ...(version !== undefined && { base: version }),
      ...(plan.chartDigest !== undefined && { chartDigest: plan.chartDigest }),
      ...(plan.keepsChart && { keepsChart: true }),
      ...(chart && {
        chart: {
          ...(chart.repository !== undefined && {
            repository: chart.repository,
          }),
          ...{ name: chart.name, version: chart.version },
        },
      }),
      run: {
        command: plan.command,
        ...{ allowed, shown },
        ...(plan.archive && { chart: plan.archive }),
        ...(plan.values !== undefined && { values: plan.values }),
      },
    };
  }

  async #plan(subject: ReleaseSubject): Promise<Plan> {
    const { request, ...others } = subject;
    switch (request.kind) {
      case 'upgrade':
        return upgradePreview(this.#options, { ...others, request });
      case 'rollback':
        return rollbackPreview(this.#options, { ...others, request });
      case 'uninstall':
        return uninstallPreview({ ...others, request });
      default:
        return testPreview({ ...others, request });
    }
  }
}

/** Describes why nothing may be done to a release as it is. */
function blockingRefusals(
  { revision, source, status, updatedAt }: StoredRevision,
  { kind, release }: ReleaseRequest,
): string[] {
  if (source === 'configMap') {
    return [
      `Helm stores ${release} in ConfigMaps. Berth reads such releases, and does not change them`,
    ];
  }
  if (kind === 'upgrade' && status === 'uninstalled') {
    return [
      `${release} is uninstalled, and Helm keeps its history. Helm upgrades no release without a deployed revision. ${AFTER_UNINSTALLATION}`,
    ];
  }
  if (kind !== 'uninstall' && status.startsWith('pending-')) {
    const since = updatedAt === undefined ? '' : ` since ${updatedAt}`;
    return [
      `Revision ${revision} of ${release} is ${status}${since}. If nothing works on it any more, mark it as failed first`,
    ];
  }
  return [];
}

/** Describes why a name is not free for a new release. */
async function takenBy(
  reader: ReleaseReader,
  { namespace, release }: HelmRequest,
): Promise<string[]> {
  try {
    const [{ revision, status }] = await reader.revisions();
    return [
      `${namespace} has a release ${release}: revision ${revision} is ${status}. ${nextStep(
        status,
      )}`,
    ];
  } catch (error) {
    if (error instanceof NotFoundError) {
      const { problem } = await readHistory(reader);
      return problem === undefined ? [] : [problem];
    }
    throw error;
  }
}

/** Returns what frees a name, or what to do with the release that has it. */
function nextStep(status: StoredRevision['status']): string {
  switch (status) {
    case 'pending-install':
      return 'If nothing works on it any more, mark it as failed or uninstall it first';
    case 'uninstalling':
      return 'If nothing works on it any more, uninstall it first';
    case 'uninstalled':
      return `${AFTER_UNINSTALLATION}, or choose another name`;
    default:
      return 'Choose another name, or upgrade the release';
  }
}

function blockedPlan(request: HelmRequest, refusals: string[]): Plan {
  const { kind, namespace, release } = request;
  return {
    draft: { ...emptyDraft(), refusals },
    written: [],
    command:
      request.kind === 'rollback'
        ? {
            ...{ kind: request.kind, namespace, release },
            revision: request.baseRevision,
          }
        : ({ kind, namespace, release } as HelmCommand),
    decided: refusals,
  };
}

function releaseWarnings({ base, request }: ReleaseSubject): string[] {
  const { flux } = base.release.summary;
  const { release } = request;
  return flux ? [`Flux manages ${release}, and undoes what people change`] : [];
}

/**
 * Names what an operation writes outside the namespace, the objects of hooks, too: a person who has more rights than
 * those who can write the stored release must not create objects for them unseen.
 */
function outsideWarnings(
  { kind, namespace, release }: HelmRequest,
  allowed: AllowedObject[],
): string[] {
  if (allowed.length === 0) {
    return [];
  }
  const named = allowed
    .slice(0, MAX_NAMED)
    .map(
      ({ group, resource, namespace: other, name }) =>
        `${group === '' ? resource : `${resource}.${group}`} ${quoteUntrusted(
          name,
        )}${other === undefined ? '' : ` in ${other}`}`,
    );
  const more = allowed.length - named.length;
  const check =
    kind === 'install'
      ? 'Check that the chart needs them'
      : `Anyone who may write Secrets in ${namespace} can add objects to a stored release, so check that they belong to ${release}`;
  return [
    `The operation may write objects outside ${namespace}: ${named.join(', ')}${
      more > 0 ? ` and ${more} more` : ''
    }. ${check}`,
  ];
}
