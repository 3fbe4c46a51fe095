import * as z from 'zod';
import { boundedText, clusterName, identifier, many, QueryOf } from './fields';
import { countedPageOf, listOf, pageQuery } from './paging';

const MOST_CHARTS = 100;
const MOST_PATTERNS = 1_000;

/** The schema of the name of a chart repository. @public */
export const chartRepositoryName = boundedText(63).regex(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  'must be the name of a chart repository: lowercase letters, digits and "-"',
);

/** The schema of the name of a chart. @public */
export const chartName = boundedText(250).regex(
  /^[a-zA-Z0-9][a-zA-Z0-9._-]*$/,
  'must be the name of a chart: letters, digits, "-", "_" and "."',
);

/** The schema of the version of a chart. @public */
export const chartVersion = boundedText(128).regex(
  /^v?\d[0-9A-Za-z.+-]*$/,
  'must be the version of a chart, such as 1.2.3',
);

/** The schema of what the portal proves to a chart repository that it may read it. @public */
export const chartRepositoryCredentialSchema = z
  .union([
    z.strictObject({
      username: identifier(256).regex(/^[^:\p{Cc}]+$/u),
      password: identifier(4096),
    }),
    z.strictObject({ token: identifier(4096).regex(/^[!-~]+$/) }),
  ])
  .meta({
    id: 'ChartRepositoryCredential',
    description:
      'The portal encrypts it, and no answer has it. An OCI registry exchanges `username` and `password` for its own tokens.',
  });

/** @public */
export type ChartRepositoryCredential = z.infer<
  typeof chartRepositoryCredentialSchema
>;

const repositoryFields = {
  url: boundedText(2048).describe(
    'An https:// address, to which `index.yaml` is added, or an oci:// address, to which the names of charts are added.',
  ),
  credential: chartRepositoryCredentialSchema,
  caData: z
    .string()
    .describe(
      'The CA that signed the certificate of the repository, as PEM or base64 of PEM; the public ones by default.',
    ),
  keyringData: boundedText(256 * 1024).describe(
    'The public keys, as `gpg --armor --export` writes them, or base64 of those that `gpg --export` writes. Charts then need a signature of one of them. Signatures are not checked by default.',
  ),
  charts: z
    .array(identifier(250))
    .max(MOST_PATTERNS, `must hold at most ${MOST_PATTERNS} names`)
    .describe(
      'The names of the charts to show, with `*` for any characters; all by default. An OCI registry needs whole names, because it has no list of its charts.',
    ),
};

/** @public */
export const createChartRepositoryRequestSchema = z
  .strictObject({
    name: chartRepositoryName,
    url: repositoryFields.url,
    credential: repositoryFields.credential.optional(),
    caData: repositoryFields.caData.optional(),
    keyringData: repositoryFields.keyringData.optional(),
    charts: repositoryFields.charts.optional(),
  })
  .meta({ id: 'CreateChartRepositoryRequest' });

/** @public */
export type CreateChartRepositoryRequest = z.infer<
  typeof createChartRepositoryRequestSchema
>;

/** @public */
export const updateChartRepositoryRequestSchema = z
  .strictObject({
    url: repositoryFields.url.optional(),
    credential: repositoryFields.credential.nullable().optional(),
    caData: repositoryFields.caData.nullable().optional(),
    keyringData: repositoryFields.keyringData.nullable().optional(),
    charts: repositoryFields.charts.nullable().optional(),
  })
  .meta({
    id: 'UpdateChartRepositoryRequest',
    description:
      'A field that is absent stays as it is, and `null` removes it. An address on another host needs `credential`, too, if the repository has one.',
  });

/** @public */
export type UpdateChartRepositoryRequest = z.infer<
  typeof updateChartRepositoryRequestSchema
>;

/** @public */
export const chartRepositorySchema = z
  .object({
    name: z.string(),
    url: z.string(),
    source: z
      .enum(['Configuration', 'Portal'])
      .describe(
        '`Configuration`: the repository is in the configuration of the portal, and only changes there. `Portal`: platform admins added it.',
      ),
    hasCredential: z.boolean(),
    hasCa: z.boolean().describe('Whether the repository has a CA of its own.'),
    hasKeyring: z
      .boolean()
      .describe('Whether charts need a signature of a key of the repository.'),
    only: z
      .array(z.string())
      .describe('The names of the charts to show; all if absent.')
      .optional(),
    state: z
      .enum(['Pending', 'Ready', 'Failed'])
      .describe(
        '`Pending` until the portal has asked the repository once. `Failed`: the last attempt failed; the charts are those of the last success.',
      ),
    charts: z.number().int().describe('The number of charts.'),
    versions: z.number().int().describe('The number of versions of charts.'),
    refreshedAt: z
      .string()
      .describe('When the repository last answered, ISO 8601.')
      .optional(),
    problem: z
      .object({
        message: z.string().describe('For people.'),
        at: z.string().describe('ISO 8601.'),
      })
      .describe('Why the last attempt failed.')
      .optional(),
  })
  .meta({ id: 'ChartRepository', description: 'A repository of charts.' });

/** @public */
export type ChartRepository = z.infer<typeof chartRepositorySchema>;

/** @public */
export const chartRepositoryListSchema = listOf(chartRepositorySchema);

const chartShape = {
  repository: z.string(),
  name: z.string(),
  version: z
    .string()
    .describe(
      'The latest version: a pre-release only if there is nothing else.',
    ),
  appVersion: z.string().optional(),
  description: z.string().describe('Plain text.').optional(),
  keywords: z.array(z.string()),
  deprecated: z.boolean(),
  createdAt: z
    .string()
    .describe('When the latest version was made, ISO 8601.')
    .optional(),
};

/** @public */
export const chartSchema = z
  .object(chartShape)
  .meta({ id: 'Chart', description: 'A chart of a repository.' });

/** @public */
export type Chart = z.infer<typeof chartSchema>;

/** @public */
export const chartQuerySchema = z.strictObject({
  ...pageQuery(MOST_CHARTS),
  search: boundedText(100)
    .describe('Words that the name, the description or a keyword contains.')
    .optional(),
  repository: many(chartRepositoryName)
    .describe('All repositories by default.')
    .optional(),
  name: many(chartName).describe('All charts by default.').optional(),
});

/** @public */
export type ChartQuery = QueryOf<typeof chartQuerySchema>;

/** @public */
export const chartPageSchema = countedPageOf(chartSchema);

/** @public */
export const chartViewSchema = z
  .object({
    ...chartShape,
    versions: z.number().int().describe('The number of versions.'),
    kubeVersion: z
      .string()
      .describe('The versions of Kubernetes that the chart accepts.')
      .optional(),
    home: z.string().describe('An http or https address.').optional(),
    sources: z.array(z.string()).describe('http and https addresses.'),
    refreshedAt: z
      .string()
      .describe('When the repository last answered, ISO 8601.')
      .optional(),
  })
  .meta({ id: 'ChartView', description: 'A chart with its details.' });

/** @public */
export type ChartView = z.infer<typeof chartViewSchema>;

/** @public */
export const chartVersionQuerySchema = z.strictObject(pageQuery(MOST_CHARTS));

/** @public */
export type ChartVersionQuery = QueryOf<typeof chartVersionQuerySchema>;

/** @public */
export const chartVersionSchema = z
  .object({
    version: z.string(),
    appVersion: z.string().optional(),
    kubeVersion: z.string().optional(),
    createdAt: z.string().describe('ISO 8601.').optional(),
    digest: z
      .string()
      .describe('The SHA-256 of the archive, as the repository lists it.')
      .optional(),
    deprecated: z.boolean(),
    prerelease: z.boolean(),
  })
  .meta({ id: 'ChartVersion' });

/** @public */
export type ChartVersion = z.infer<typeof chartVersionSchema>;

/** @public */
export const chartVersionPageSchema = countedPageOf(chartVersionSchema);

/** @public */
export const chartFileSchema = z
  .object({
    text: z
      .string()
      .describe('Absent if the chart does not have the file.')
      .optional(),
    digest: z.string().describe('The SHA-256 of the archive.'),
    truncated: z
      .boolean()
      .describe('Whether the file is longer than the text.')
      .optional(),
  })
  .meta({ id: 'ChartFile', description: 'A file of a version of a chart.' });

/** @public */
export type ChartFile = z.infer<typeof chartFileSchema>;

/**
 * The files of a chart that the API returns: README.md, values.yaml and values.schema.json.
 *
 * @public
 */
export type ChartFileName = 'readme' | 'values' | 'schema';

/** @public */
export const chartPresetQuerySchema = z.strictObject({
  cluster: clusterName
    .describe('Also the presets for this cluster.')
    .optional(),
});

/** @public */
export type ChartPresetQuery = QueryOf<typeof chartPresetQuerySchema>;

/** @public */
export const chartPresetSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string().describe('Plain text.').optional(),
    values: z
      .record(z.string(), z.unknown())
      .describe('Values of the chart. They hold no secrets.'),
  })
  .meta({
    id: 'ChartPreset',
    description: 'Values that the configuration of the portal offers.',
  });

/** @public */
export type ChartPreset = z.infer<typeof chartPresetSchema>;

/** @public */
export const chartPresetListSchema = listOf(chartPresetSchema);
