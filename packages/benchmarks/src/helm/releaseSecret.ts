import { gzipSync } from 'node:zlib';

export interface StoredRelease {
  namespace: string;
  name: string;
  revision: number;
  /** Of which all but the last are superseded. */
  revisions: number;
  manifest: string;
}

/** Returns the Secret in which Helm stores a revision. */
export function releaseSecret({
  namespace,
  name,
  revision,
  revisions,
  manifest,
}: StoredRelease) {
  const status = revision === revisions ? 'deployed' : 'superseded';
  const release = {
    name,
    namespace,
    version: revision,
    info: {
      first_deployed: '2026-05-04T10:00:00Z',
      last_deployed: '2026-05-04T11:00:00Z',
      deleted: '',
      description: 'Upgrade complete',
      status,
      notes: '',
    },
    chart: {
      metadata: {
        apiVersion: 'v2',
        name: 'web',
        version: '1.4.2',
        appVersion: '2.14.0',
      },
      values: {},
    },
    config: {},
    manifest,
    hooks: [],
    apply_method: 'ssa',
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      namespace,
      labels: {
        owner: 'helm',
        name,
        status,
        version: String(revision),
        modifiedAt: '1777892400',
      },
    },
    data: {
      release: Buffer.from(
        gzipSync(JSON.stringify(release)).toString('base64'),
      ).toString('base64'),
    },
  };
}
