import { Pool } from 'undici';
import {
  collectionPath,
  keyOf,
  KINDS,
  KubeObject,
  KubeResource,
  objectPath,
} from '../backend';
import { BenchCluster } from '../portal/Portal';

/** A client that only makes calls: the baseline of a reconciler. */
export class BareClient {
  readonly #pool: Pool;
  readonly #authorization: string;

  constructor(cluster: BenchCluster, connections: number) {
    this.#pool = new Pool(cluster.apiServer, {
      connections,
      connect: { ca: cluster.caPem },
    });
    this.#authorization = `Bearer ${cluster.adminToken}`;
  }

  /** Writes an object as Berth does: a namespace with POST, other objects with server-side apply. */
  async write(object: KubeObject): Promise<void> {
    const { kind } = keyOf(object);
    const { resource } = KINDS[kind];
    if (kind === 'Namespace') {
      await this.#call('POST', collectionPath(resource), 'application/json', {
        object,
      });
    } else {
      await this.apply(object);
    }
  }

  /** Writes an object with server-side apply. */
  async apply(object: KubeObject): Promise<void> {
    const { resource } = KINDS[keyOf(object).kind];
    await this.#call(
      'PATCH',
      `${objectPath(resource, object.metadata)}?fieldManager=bare&force=true`,
      'application/apply-patch+yaml',
      { object },
    );
  }

  async delete(
    resource: KubeResource,
    key: { name: string; namespace: string },
  ): Promise<void> {
    await this.#call('DELETE', objectPath(resource, key), 'application/json');
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** @throws Error if the status is not 2xx */
  async #call(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    contentType: string,
    { object }: { object?: KubeObject } = {},
  ): Promise<void> {
    const { statusCode, body } = await this.#pool.request({
      method,
      path,
      headers: {
        accept: 'application/json',
        authorization: this.#authorization,
        'content-type': contentType,
      },
      body: object && JSON.stringify(object),
    });
    const text = await body.text();
    if (statusCode >= 300) {
      throw new Error(`${method} ${path}: ${statusCode} ${text}`);
    }
  }
}
