import { Agent, fetch } from 'undici';
import { parseAllDocuments } from 'yaml';

/** A cluster's address and its admin's credential. */
export interface AdminAccess {
  apiServer: string;
  caPem: string;
  adminToken: string;
}

interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

interface ResourceList {
  resources: Array<{ name: string; kind: string; namespaced: boolean }>;
}

/**
 * Applies a manifest as the cluster's admin, like `kubectl apply --server-side -f manifest.yaml`.
 *
 * @param manifest - YAML of any number of documents
 * @throws Error naming the object and the API server's answer
 */
export async function applyManifest(
  cluster: AdminAccess,
  manifest: string,
): Promise<void> {
  const dispatcher = new Agent({ connect: { ca: cluster.caPem } });
  const request = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${cluster.apiServer}${path}`, {
      method,
      dispatcher,
      headers: {
        Authorization: `Bearer ${cluster.adminToken}`,
        'Content-Type': 'application/apply-patch+yaml',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  };

  try {
    for (const document of parseAllDocuments(manifest)) {
      const object = document.toJS() as ManifestObject | null;
      if (object) {
        const { apiVersion, kind, metadata } = object;
        const group = apiVersion.includes('/') ? 'apis' : 'api';
        const base = `/${group}/${apiVersion}`;
        const { resources }: ResourceList = await request('GET', base);
        const resource = resources.find(
          candidate => candidate.kind === kind && !candidate.name.includes('/'),
        );
        if (!resource) {
          throw new Error(`${cluster.apiServer} has no ${apiVersion} ${kind}`);
        }
        const namespace = resource.namespaced
          ? `/namespaces/${metadata.namespace ?? 'default'}`
          : '';
        await request(
          'PATCH',
          `${base}${namespace}/${resource.name}/${encodeURIComponent(
            metadata.name,
          )}?fieldManager=kubectl&force=true`,
          object,
        );
      }
    }
  } finally {
    await dispatcher.close();
  }
}
