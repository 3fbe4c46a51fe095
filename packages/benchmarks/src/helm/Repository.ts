import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { close } from '../http/listen';

export const VERSIONS_OF_CHART = 20;

/** A repository with an index that clients can ask for changes. */
export class Repository {
  requests = 0;
  /** Bytes of the answers, without their headers. */
  sent = 0;
  readonly #server = createServer((request, response) => {
    this.requests += 1;
    const etag = `"${this.#generation}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    this.sent += this.#index.length;
    response.writeHead(200, { etag }).end(this.#index);
  });
  #generation = 0;
  #index: Buffer = Buffer.alloc(0);

  static async start(index: string): Promise<Repository> {
    const repository = new Repository();
    repository.index = index;
    repository.#server.listen(0, '127.0.0.1');
    await once(repository.#server, 'listening');
    return repository;
  }

  set index(text: string) {
    this.#generation += 1;
    this.#index = Buffer.from(text);
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  stop(): Promise<void> {
    return close(this.#server);
  }
}

/** Writes an index as `helm repo index` does. */
export function indexOf(versions: number, generation: number): string {
  const charts = Math.ceil(versions / VERSIONS_OF_CHART);
  const entries = Array.from({ length: charts }, (_, chart) => {
    const name = `service-${chart}`;
    const items = Array.from(
      { length: VERSIONS_OF_CHART },
      (__, minor) => `  - apiVersion: v2
    appVersion: "${generation}.${minor}"
    created: "2026-05-04T10:00:00.000000000Z"
    description: A service of the shop that answers requests, number ${chart}
    digest: ${String(minor).padStart(64, 'a')}
    home: https://example.com/${name}
    keywords:
    - shop
    - http
    maintainers:
    - email: shop@example.com
      name: shop
    name: ${name}
    sources:
    - https://example.com/sources/${name}
    type: application
    urls:
    - ${name}-1.${minor}.0.tgz
    version: 1.${minor}.0
`,
    );
    return `  ${name}:\n${items.join('')}`;
  });
  return `apiVersion: v1\nentries:\n${entries.join(
    '',
  )}generated: "2026-05-04T10:00:00.000000000Z"\n`;
}
