import { KubeAnswer } from '../../kube';
import { ProxyRequest } from '../../proxy/types';

/** The groups whose objects define kinds. */
const DEFINING: ReadonlySet<string> = new Set([
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
]);

/** A document about the API of a cluster, as helm gets it. */
export interface DiscoveryDocument {
  contentType: string;
  body: Buffer;
}

interface RunDiscoveryParts {
  maxBytes: number;
  find(request: ProxyRequest): DiscoveryDocument | undefined;
  keep(request: ProxyRequest, document: DiscoveryDocument, at: number): void;
  change(): void;
  now(): number;
}

/** The documents about the API of one cluster for one person, during one run. */
export class RunDiscovery {
  readonly #parts: RunDiscoveryParts;
  #used = false;

  constructor(parts: RunDiscoveryParts) {
    this.#parts = parts;
  }

  /** Whether the run got a document that was kept before. */
  get used(): boolean {
    return this.#used;
  }

  find(request: ProxyRequest): DiscoveryDocument | undefined {
    if (!isKept(request)) {
      return undefined;
    }
    const found = this.#parts.find(request);
    this.#used ||= found !== undefined;
    return found;
  }

  /** Passes the body of an answer with status 200 on, and keeps it once it is complete. */
  keep(
    request: ProxyRequest,
    contentType: string,
    body: AsyncIterable<Buffer>,
  ): AsyncIterable<Buffer> {
    if (!isKept(request)) {
      return body;
    }
    const { keep, maxBytes, now } = this.#parts;
    const asked = now();
    return collected(body, maxBytes, whole =>
      keep(request, { contentType, body: whole }, asked),
    );
  }

  /** Notes a write to the cluster, which may define a kind. */
  noteWrite({ path }: ProxyRequest): void {
    if (path.kind === 'resource' && DEFINING.has(path.group)) {
      this.change();
    }
  }

  /** Notes an answer, which may show that the cluster has a kind no longer. */
  noteAnswer(
    { path }: ProxyRequest,
    { status, headers }: Pick<KubeAnswer, 'status' | 'headers'>,
  ): void {
    // The API server answers so for a kind that it does not have. For an object that it does not have, it sends JSON.
    const isText = /^text\/plain\b/i.test(`${headers['content-type']}`);
    if (path.kind === 'resource' && status === 404 && isText) {
      this.change();
    }
  }

  change(): void {
    this.#parts.change();
  }
}

function isKept({ path }: ProxyRequest): boolean {
  return path.kind === 'document' && path.segments[0] !== 'version';
}

async function* collected(
  body: AsyncIterable<Buffer>,
  maxBytes: number,
  onWhole: (whole: Buffer) => void,
): AsyncGenerator<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size <= maxBytes) {
      parts.push(part);
    } else {
      parts.length = 0;
    }
    yield part;
  }
  if (size <= maxBytes) {
    onWhole(Buffer.concat(parts));
  }
}
