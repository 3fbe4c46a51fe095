import * as z from 'zod';
import { chartName, chartRepositoryName, chartVersion } from './charts';
import {
  boundedText,
  clusterName,
  dnsLabel,
  lineOfText,
  oneOf,
} from './fields';
import { helmReleaseName } from './helm';
import { helmRevisionNumber } from './helmRevision';

/** The characters of the values of an upgrade. @public */
export const HELM_MAX_VALUES = 500_000;

const MAX_DIGEST = 128;

/** @public */
export const helmOperationKindSchema = oneOf([
  'install',
  'upgrade',
  'rollback',
  'uninstall',
  'test',
]);

/** What an operation does to a release. @public */
export type HelmOperationKind = z.infer<typeof helmOperationKindSchema>;

/** @public */
export const helmOperationOptionsSchema = z
  .strictObject({
    rollbackOnFailure: z
      .boolean()
      .describe(
        'Lets helm wait until the objects are ready, and roll back if they are not; an `install` is then uninstalled. Only for `install` and `upgrade`.',
      )
      .optional(),
    noHooks: z.boolean().describe('Runs no hooks. Not for `test`.').optional(),
    forceConflicts: z
      .boolean()
      .describe(
        'Takes over fields that others manage. Only where Helm applies the release by server-side apply.',
      )
      .optional(),
    skipCrds: z
      .boolean()
      .describe(
        'Leaves out the custom resource definitions in the folder `crds` of the chart. Only for `install`.',
      )
      .optional(),
    description: lineOfText(200)
      .describe('What the history of the release says.')
      .optional(),
  })
  .meta({ id: 'HelmOperationOptions' });

/** @public */
export type HelmOperationOptions = z.infer<typeof helmOperationOptionsSchema>;

const placeShape = {
  cluster: clusterName,
  namespace: dnsLabel,
  release: helmReleaseName,
  options: helmOperationOptionsSchema
    .describe('They do not change the digest of a preview.')
    .optional(),
};

const requestShape = {
  ...placeShape,
  baseRevision: helmRevisionNumber.describe(
    'The latest revision that the caller has seen.',
  ),
};

/** @public */
export const helmChartReferenceSchema = z
  .strictObject({
    repository: chartRepositoryName,
    name: chartName,
    version: chartVersion,
  })
  .meta({
    id: 'HelmChartReference',
    description: 'A version of a chart of a repository of the portal.',
  });

/** A version of a chart of a repository of the portal. @public */
export type HelmChartReference = z.infer<typeof helmChartReferenceSchema>;

/** @public */
export const helmCopySchema = z
  .strictObject({
    cluster: clusterName,
    namespace: dnsLabel,
    release: helmReleaseName,
    revision: helmRevisionNumber,
    hiddenValues: z
      .boolean()
      .describe(
        'Takes each hidden value of the values from this release: `values` has the text of hidden values at the same path. Takes the permission `berth.helm.reveal`.',
      )
      .optional(),
  })
  .meta({
    id: 'HelmCopy',
    description:
      'The release of which another one becomes a copy. The chart must have the same name, version and digest.',
  });

/** The release of which another one becomes a copy. @public */
export type HelmCopy = z.infer<typeof helmCopySchema>;

const copyOf = helmCopySchema
  .describe('The release of which this one becomes a copy.')
  .optional();

const allValues = boundedText(HELM_MAX_VALUES).describe(
  'All values that differ from those of the chart, as YAML. They replace the former ones.',
);

const applyShape = {
  previewDigest: boundedText(MAX_DIGEST)
    .min(1, 'must not be empty')
    .describe('`digest` of the preview that the caller has seen.'),
};

const requestSchemas = [
  z.strictObject({
    kind: z.literal('install'),
    ...placeShape,
    chart: helmChartReferenceSchema,
    values: allValues,
    copyOf,
  }),
  z.strictObject({
    kind: z.literal('upgrade'),
    ...requestShape,
    chart: helmChartReferenceSchema
      .describe(
        'By default, the chart stays the one that Helm stored with the release.',
      )
      .optional(),
    values: allValues,
    copyOf,
  }),
  z.strictObject({
    kind: z.literal('rollback'),
    ...requestShape,
    revision: helmRevisionNumber.describe(
      'The revision whose content comes back.',
    ),
  }),
  z.strictObject({
    kind: z.literal('uninstall'),
    ...requestShape,
    keepHistory: z
      .boolean()
      .describe('Keeps the revisions, so that a rollback can undo it.'),
  }),
  z.strictObject({ kind: z.literal('test'), ...requestShape }),
] as const;

const [install, upgrade, rollback, uninstall, test] = requestSchemas;

/** @public */
export const helmRequestSchema = z
  .discriminatedUnion('kind', requestSchemas)
  .meta({ id: 'HelmRequest' });

/** What a person asks for: an operation on a release. @public */
export type HelmRequest = z.infer<typeof helmRequestSchema>;

/** @public */
export const helmOperationRequestSchema = z
  .discriminatedUnion('kind', [
    install.extend(applyShape),
    upgrade.extend(applyShape),
    rollback.extend(applyShape),
    uninstall.extend(applyShape),
    test.extend(applyShape),
  ])
  .meta({ id: 'HelmOperationRequest' });

/** @public */
export type HelmOperationRequest = z.infer<typeof helmOperationRequestSchema>;
