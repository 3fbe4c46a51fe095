import { gzipSync } from 'node:zlib';

export interface ReleaseParts {
  name?: string;
  namespace?: string;
  revision?: number;
  status?: string;
  notes?: string;
  description?: string;
  chart?: object;
  defaults?: object;
  config?: object;
  manifest?: string;
  hooks?: object[];
  labels?: Record<string, string>;
  /** What to store in place of the release. */
  content?: string | Buffer;
  /** What the content says in place of what the labels say. */
  says?: object;
}

/** A Secret as Helm writes it, as the API server returns it. */
export function aReleaseSecret(parts: ReleaseParts = {}) {
  const { name = 'web', namespace = 'shop', revision = 1 } = parts;
  const { status = 'deployed', labels = {} } = parts;
  const release = {
    name,
    namespace,
    version: revision,
    info: {
      first_deployed: '2026-05-04T10:00:00Z',
      last_deployed: '2026-05-04T11:00:00Z',
      deleted: '',
      description: parts.description ?? 'Install complete',
      status,
      notes: parts.notes ?? '',
    },
    chart: {
      metadata: parts.chart ?? {
        name: 'web',
        version: '1.4.2',
        appVersion: '2.14.0',
      },
      values: parts.defaults ?? {},
    },
    config: parts.config ?? {},
    manifest: parts.manifest ?? '',
    hooks: parts.hooks ?? [],
    apply_method: 'ssa',
    ...parts.says,
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      namespace,
      uid: `uid-of-${name}-${revision}`,
      resourceVersion: '1',
      labels: {
        owner: 'helm',
        name,
        status,
        version: String(revision),
        modifiedAt: '1777892400',
        ...labels,
      },
    },
    data: {
      release: Buffer.from(
        parts.content instanceof Buffer || parts.content === undefined
          ? gzipSync(parts.content ?? JSON.stringify(release)).toString(
              'base64',
            )
          : parts.content,
      ).toString('base64'),
    },
  };
}

/** A Secret as Helm writes it, before the API server has it. */
export function aNewReleaseSecret(parts: ReleaseParts) {
  const { metadata, ...secret } = aReleaseSecret(parts);
  const { uid: _, resourceVersion: __, ...given } = metadata;
  return { ...secret, metadata: given };
}
