import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ConflictError, InputError } from '@backstage/errors';
import {
  BerthApi,
  HelmChartReference,
  HelmOperationKind,
  HelmPreview,
  HelmReleaseAddress,
  HelmRequest,
  sentencesForLogs,
} from '@berth/plugin-berth-common';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';
import { releasePage } from './releasePage';

/** Longer than helm may take to render a chart. */
const DEADLINE_MS = 130_000;

interface Input extends HelmReleaseAddress {
  kind: HelmOperationKind;
  chart?: HelmChartReference;
  values?: string;
  revision?: number;
  keepHistory?: boolean;
}

/** Registers `berth:preview-helm-change`. */
export function registerPreviewHelmChange(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'preview-helm-change',
    title: 'Preview a change of a Helm release',
    description:
      'What an installation, an upgrade, a rollback, an uninstallation or a test of a Helm release would do: which objects differ, what stays, which rights are missing, and why it is not possible. It changes nothing, and shows no values. A person makes the change on the page of the release.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          kind: z.enum(['install', 'upgrade', 'rollback', 'uninstall', 'test']),
          cluster: z.string().describe('Name of the cluster'),
          namespace: z.string().describe('Name of the namespace'),
          release: z.string().describe('Name of the release'),
          chart: z
            .object({
              repository: z.string(),
              name: z.string(),
              version: z.string(),
            })
            .optional()
            .describe(
              'For an installation; for an upgrade, the chart that the release has by default',
            ),
          values: z
            .string()
            .optional()
            .describe(
              'All values that differ from those of the chart, as YAML; for an upgrade, those that the release has by default',
            ),
          revision: z
            .number()
            .int()
            .optional()
            .describe('For a rollback: the revision that comes back'),
          keepHistory: z
            .boolean()
            .optional()
            .describe(
              'For an uninstallation: whether the revisions stay; false by default',
            ),
        }),
      output: z => {
        const object = {
          kind: z.string(),
          namespace: z.string().optional(),
          name: z.string(),
        };
        return z.object({
          possible: z.boolean(),
          refusals: z
            .array(z.string())
            .describe('Why it is not possible, in words'),
          warnings: z.array(z.string()),
          objects: z
            .array(
              z.object({
                ...object,
                change: z.enum(['added', 'removed', 'changed']),
              }),
            )
            .describe('The objects that differ'),
          valuesDiffer: z
            .boolean()
            .optional()
            .describe(
              'Whether the values of the release differ; absent for uninstall and test',
            ),
          remains: z
            .array(z.object({ ...object, reason: z.string().optional() }))
            .describe('The objects that an uninstallation leaves'),
          hooks: z.array(z.object(object)).describe('The hooks that run'),
          missingRights: z.array(
            z.object({
              verb: z.string(),
              group: z.string().describe('Empty for the core group'),
              resource: z.string(),
              namespace: z.string().optional(),
              names: z.array(z.string()),
              help: z.string().optional().describe('Who can help'),
            }),
          ),
          conflicts: z
            .array(
              z.object({
                object: z.string(),
                field: z.string(),
                manager: z.string(),
              }),
            )
            .describe('Fields that others manage: Helm stops at them'),
          defaults: z
            .array(
              z.object({
                path: z.string(),
                change: z.enum(['Added', 'Changed', 'Removed']),
                yours: z
                  .boolean()
                  .describe('Whether the values of the release set it, too'),
              }),
            )
            .describe('The values of the chart that differ in a new chart'),
          url: z
            .string()
            .describe('Path of the page on which a person makes the change'),
        });
      },
    },
    action: async ({ credentials, input }) => ({
      output: {
        ...present(
          await asCaller(
            credentials,
            options,
            async berth =>
              berth.previewHelmOperation(await requestOf(berth, input)),
            DEADLINE_MS,
          ),
        ),
        url: pageOf(input),
      },
    }),
  });
}

/** @throws InputError if a field is missing that the kind needs */
async function requestOf(berth: BerthApi, input: Input): Promise<HelmRequest> {
  const { kind, cluster, namespace, release, chart, revision } = input;
  const place = { cluster, namespace, release };
  if (kind === 'install') {
    return {
      ...{ kind, ...place, values: input.values ?? '' },
      chart: needed('chart', kind, chart),
    };
  }
  const latest = { ...place, baseRevision: await latestOf(berth, place) };
  switch (kind) {
    case 'upgrade':
      return {
        ...{ kind, ...latest },
        ...(chart && { chart }),
        // Hidden values in them stay as they are.
        values: input.values ?? (await berth.getReleaseValues(place)).yaml,
      };
    case 'rollback':
      return {
        ...{ kind, ...latest },
        revision: needed('revision', kind, revision),
      };
    case 'uninstall':
      return { kind, ...latest, keepHistory: input.keepHistory ?? false };
    default:
      return { kind, ...latest };
  }
}

function needed<T>(field: string, kind: string, value: T | undefined): T {
  if (value === undefined) {
    throw new InputError(`${field} is missing: kind "${kind}" needs it`);
  }
  return value;
}

async function latestOf(
  berth: BerthApi,
  place: HelmReleaseAddress,
): Promise<number> {
  const { revision, unreadable } = await berth.getRelease(place);
  if (revision === undefined) {
    throw new ConflictError(
      `${place.release} cannot be changed: ${
        unreadable ?? 'only its objects are known'
      }`,
    );
  }
  return revision;
}

/** The differences of texts, the values of the chart, and the words of helm and of the cluster are left out. */
function present(preview: HelmPreview) {
  const { changes, conflicts, goes = [] } = preview;
  const { refusals, warnings } = sentencesForLogs(preview);
  const { defaults = [], hooks: shown = [], remains = [], rights } = preview;
  const hooks = shown.map(({ kind, namespace, name }) => ({
    ...{ kind, namespace, name },
  }));
  return {
    possible: preview.refusals.length === 0,
    ...{ refusals, warnings, conflicts, hooks, remains },
    objects: [
      ...(changes?.items ?? []).map(({ diff: _, ...object }) => object),
      ...goes.map(({ kind, namespace, name }) => ({
        ...{ kind, namespace, name, change: 'removed' as const },
      })),
    ],
    ...(changes && { valuesDiffer: changes.values !== '' }),
    missingRights: rights.flatMap(({ allowed, ...right }) =>
      allowed ? [] : [right],
    ),
    defaults: defaults.map(({ path, change, yours }) => ({
      path,
      change,
      yours,
    })),
  };
}

function pageOf({ kind, chart, ...place }: Input): string {
  return kind === 'install' && chart
    ? `/berth/helm/charts/${chart.repository}/${chart.name}/install`
    : releasePage(place);
}
