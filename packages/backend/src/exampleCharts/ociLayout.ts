import { createHash } from 'node:crypto';
import { PackedChart } from './packCharts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const ARCHIVE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/** An answer of a registry. */
export interface RegistryAnswer {
  type: string;
  body: Buffer;
}

/** Returns the answers of an OCI registry with charts, by their path, such as `web/tags/list`. */
export function ociLayout(
  charts: readonly PackedChart[],
): ReadonlyMap<string, RegistryAnswer> {
  const answers = new Map<string, RegistryAnswer>();
  const tags = new Map<string, string[]>();
  for (const { name, chart, version, created, archive } of charts) {
    const add = (mediaType: string, body: Buffer) => {
      const digest = digestOf(body);
      const type = 'application/octet-stream';
      answers.set(`${name}/blobs/${digest}`, { type, body });
      return { mediaType, digest, size: body.length };
    };
    const manifest = json({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: add(CONFIG, json(chart)),
      layers: [add(ARCHIVE, archive)],
      annotations: { 'org.opencontainers.image.created': created },
    });
    // A tag has no "+".
    const tag = version.replaceAll('+', '_');
    for (const reference of [tag, digestOf(manifest)]) {
      const answer = { type: MANIFEST, body: manifest };
      answers.set(`${name}/manifests/${reference}`, answer);
    }
    tags.set(name, [...(tags.get(name) ?? []), tag]);
  }
  for (const [name, all] of tags) {
    answers.set(`${name}/tags/list`, {
      type: 'application/json',
      body: json({ name, tags: all }),
    });
  }
  return answers;
}

function json(content: object): Buffer {
  return Buffer.from(JSON.stringify(content));
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
