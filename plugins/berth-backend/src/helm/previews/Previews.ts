import { ConflictError } from '@backstage/errors';
import { HelmRequest } from '@berth/plugin-berth-common';
import { groupVersionOf } from '../../resources/objects/json';
import { PlacedObject } from '../preflight/neededRights';
import { StoredRevision } from '../releases/types';
import { AllowedObject } from '../runner/types';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { digestOf, versionOf } from './digest';
import { emptyDraft, Plan, PreviewSubject } from './PreviewDraft';
import { rollbackPreview } from './rollbackPreview';
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
    const { reader } = caller;
    const [latest] = await reader.revisions();
    if (latest.revision !== request.baseRevision) {
      throw new ConflictError(
        `${request.release} changed: its latest revision is ${latest.revision}, and not ${request.baseRevision}. Load the page again`,
      );
    }
    const base = await reader.open(latest.revision);
    const blocked = blockingRefusals(latest, request);
    const subject: PreviewSubject = { caller, request, base, signal };
    const plan =
      blocked.length > 0
        ? blockedPlan(request, blocked)
        : await this.#plan(subject);
    const allowed = outsideOf(request.namespace, plan.written);
    const { cluster, kind, namespace, release, baseRevision } = request;
    const digest = digestOf(this.#options.digestKey, [
      ...[caller.cluster.name, cluster, namespace, release],
      ...[kind, baseRevision, versionOf(base.stored)],
      ...[plan.decided, allowed],
    ]);
    const chart = plan.chart ?? base.release.summary.chart;
    return {
      preview: {
        ...plan.draft,
        digest,
        warnings: [
          ...releaseWarnings(subject),
          ...outsideWarnings(request, allowed),
          ...plan.draft.warnings,
        ],
      },
      base: versionOf(base.stored),
      ...(chart && { chart: { name: chart.name, version: chart.version } }),
      run: {
        command: plan.command,
        allowed,
        ...(plan.archive && { chart: plan.archive }),
        ...(plan.values !== undefined && { values: plan.values }),
      },
    };
  }

  async #plan(subject: PreviewSubject): Promise<Plan> {
    const { request, ...others } = subject;
    switch (request.kind) {
      case 'upgrade':
        return upgradePreview(this.#options.runner, { ...others, request });
      case 'rollback':
        return rollbackPreview({ ...others, request });
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
  { kind, release }: HelmRequest,
): string[] {
  if (source === 'configMap') {
    return [
      `Helm stores ${release} in ConfigMaps. Berth reads such releases, and does not change them`,
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

function blockedPlan(
  { kind, namespace, release, ...request }: HelmRequest,
  refusals: string[],
): Plan {
  return {
    draft: { ...emptyDraft(), refusals },
    written: [],
    command:
      kind === 'rollback'
        ? { kind, namespace, release, revision: request.baseRevision }
        : { kind, namespace, release },
    decided: refusals,
  };
}

function releaseWarnings({ base, request }: PreviewSubject): string[] {
  const { flux } = base.release.summary;
  const { release } = request;
  return flux ? [`Flux manages ${release}, and undoes what people change`] : [];
}

/**
 * Names what an operation writes outside the namespace, the objects of hooks, too: a person who has more rights than
 * those who can write the stored release must not create objects for them unseen.
 */
function outsideWarnings(
  { namespace, release }: HelmRequest,
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
  return [
    `The operation may write objects outside ${namespace}: ${named.join(', ')}${
      more > 0 ? ` and ${more} more` : ''
    }. Anyone who may write Secrets in ${namespace} can add objects to a stored release, so check that they belong to ${release}`,
  ];
}

/** Returns what an operation writes outside the namespace of the release, each once and in a stable order. */
function outsideOf(
  namespace: string,
  written: PlacedObject[],
): AllowedObject[] {
  const outside = new Map<string, AllowedObject>();
  for (const { placed } of written) {
    if (placed.plural !== undefined && placed.namespace !== namespace) {
      const object = {
        group: groupVersionOf(placed.apiVersion).group,
        resource: placed.plural,
        ...(placed.namespace !== undefined && { namespace: placed.namespace }),
        name: placed.name,
      };
      outside.set(JSON.stringify(object), object);
    }
  }
  return [...outside.keys()].sort().map(key => outside.get(key)!);
}
