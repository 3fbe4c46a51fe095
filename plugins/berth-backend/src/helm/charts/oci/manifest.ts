import * as z from 'zod';
import { ChartError } from '../ChartError';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.cncf.helm.config.v1+json';
const ARCHIVE_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const PROVENANCE_TYPE = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
const ALGORITHM = 'sha256:';
/** The index keeps no more of a text. */
const MAX_LINE = 2_048;
const MOST_LINES = 50;
const CREATED = 'org.opencontainers.image.created';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const descriptor = z.object({ mediaType: z.string(), digest });

const manifestSchema = z.object({
  config: descriptor,
  layers: z.array(descriptor).max(50),
  annotations: z.record(z.string(), z.unknown()).optional(),
});

const line = z.string().transform(text => text.slice(0, MAX_LINE));
const bounded = line.optional().catch(undefined);
const texts = z.array(line).max(MOST_LINES).optional().catch(undefined);

/** The fields of Chart.yaml that the portal shows. Others are ignored, as are those of another type. */
const configSchema = z.object({
  appVersion: bounded,
  kubeVersion: bounded,
  description: bounded,
  home: bounded,
  sources: texts,
  keywords: texts,
  deprecated: z.boolean().optional().catch(undefined),
});

/** What a registry has of a version of a chart. */
export interface OciManifest {
  /** The SHA-256 of the Chart.yaml in JSON, in hexadecimal. */
  config: string;
  /** The SHA-256 of the archive, in hexadecimal. */
  archive: string;
  /** The SHA-256 of the provenance file, in hexadecimal, if the chart has a signature. */
  provenance?: string;
  created?: unknown;
}

/** An artifact that is not a chart. */
export class NotAChartError extends ChartError {}

export type OciConfig = z.infer<typeof configSchema>;

/** @throws NotAChartError if the manifest is not that of a chart */
export function parseManifest(bytes: Buffer): OciManifest {
  const manifest = parsed(manifestSchema, bytes);
  if (!manifest) {
    throw new NotAChartError('The manifest is not that of an OCI artifact');
  }
  const { config, layers, annotations } = manifest;
  if (config.mediaType !== CONFIG_TYPE) {
    throw new NotAChartError(
      `The artifact is not a Helm chart: the type of its configuration is not ${CONFIG_TYPE}`,
    );
  }
  const archives = layers.filter(({ mediaType }) => mediaType === ARCHIVE_TYPE);
  if (archives.length !== 1) {
    throw new NotAChartError(
      `The artifact has ${archives.length} archives of a chart, and it must have one`,
    );
  }
  const provenance = layers.find(one => one.mediaType === PROVENANCE_TYPE);
  return {
    config: config.digest.slice(ALGORITHM.length),
    archive: archives[0].digest.slice(ALGORITHM.length),
    provenance: provenance?.digest.slice(ALGORITHM.length),
    created: annotations?.[CREATED],
  };
}

/** Returns the fields of Chart.yaml; none if it cannot be read. */
export function parseConfig(bytes: Buffer): OciConfig {
  return parsed(configSchema, bytes) ?? {};
}

/** Reads JSON. */
export function parsed<T>(schema: z.ZodType<T>, bytes: Buffer): T | undefined {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
