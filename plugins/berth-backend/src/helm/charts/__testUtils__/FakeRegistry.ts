import { IncomingMessage, ServerResponse } from 'node:http';
import { digestOf } from '../ArchiveCache';

const CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const ARCHIVE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const PROVENANCE = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** The content of one artifact. */
export interface FakeArtifact {
  /** Chart.yaml as JSON. */
  config: object;
  archive: Buffer;
  configType?: string;
  provenance?: Buffer;
  created?: string;
}

/** An OCI registry in memory: the routes that reading needs. */
export class FakeRegistry {
  /** Which header `Authorization` calls need; none by default. */
  authorization?: string;
  /** The header `WWW-Authenticate` for a call without it. */
  challenge = '';
  pageSize = 1_000;
  /** Where blobs are, if they are at another host. */
  blobsAt?: string;
  /** What the registry changes in blobs. */
  tamper = (blob: Buffer) => blob;
  /** The path and the header `Authorization` of each call. */
  readonly calls: [path: string, authorization: string | undefined][] = [];
  readonly #tags = new Map<string, Map<string, Buffer>>();
  readonly #blobs = new Map<string, Buffer>();

  /** Adds a version of a chart. @param name - such as `charts/web` */
  push(name: string, tag: string, artifact: FakeArtifact): void {
    const tags = this.#tags.get(name) ?? new Map<string, Buffer>();
    this.#tags.set(name, tags);
    const { archive, config, configType = CONFIG, created } = artifact;
    const { provenance } = artifact;
    const annotations = created && {
      'org.opencontainers.image.created': created,
    };
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: this.#add(configType, Buffer.from(JSON.stringify(config))),
      layers: [
        ...(provenance ? [this.#add(PROVENANCE, provenance)] : []),
        this.#add(ARCHIVE, archive),
      ],
      ...(annotations && { annotations }),
    };
    tags.set(tag, Buffer.from(JSON.stringify(manifest)));
  }

  /** Adds a tag of something else. */
  pushManifest(name: string, tag: string, manifest: object): void {
    this.#tags.get(name)!.set(tag, Buffer.from(JSON.stringify(manifest)));
  }

  readonly serve = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, 'http://registry');
    const { authorization } = request.headers;
    this.calls.push([`${url.pathname}${url.search}`, authorization]);
    if (this.authorization && authorization !== this.authorization) {
      response.writeHead(401, { 'www-authenticate': this.challenge }).end();
      return;
    }
    const [, name, kind, last] =
      /^\/v2\/(.+)\/(tags|manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
    const tags = this.#tags.get(name);
    if (kind === 'tags' && tags) {
      this.#sendTags(response, url, [...tags.keys()]);
    } else if (kind === 'manifests' && tags) {
      this.#sendManifest(response, tags, last);
    } else if (kind === 'blobs' && this.blobsAt !== undefined) {
      response.writeHead(307, { location: `${this.blobsAt}/${last}` }).end();
    } else {
      this.sendBlob(response, last);
    }
  };

  sendBlob(response: ServerResponse, digest: string): void {
    const blob = this.#blobs.get(digest);
    if (blob) {
      response.end(this.tamper(blob));
    } else {
      response.writeHead(404).end();
    }
  }

  #add(mediaType: string, blob: Buffer) {
    const digest = `sha256:${digestOf(blob)}`;
    this.#blobs.set(digest, blob);
    return { mediaType, digest, size: blob.length };
  }

  #sendTags(
    response: ServerResponse,
    { searchParams, pathname }: URL,
    all: string[],
  ) {
    const start = all.indexOf(searchParams.get('last') ?? '') + 1;
    const tags = all.slice(start, start + this.pageSize);
    if (start + tags.length < all.length) {
      const next = `${pathname}?n=${this.pageSize}&last=${tags.at(-1)}`;
      response.setHeader('link', `<${next}>; rel="next"`);
    }
    response.end(JSON.stringify({ name: 'any', tags }));
  }

  #sendManifest(
    response: ServerResponse,
    tags: Map<string, Buffer>,
    reference: string,
  ) {
    const manifest =
      tags.get(reference) ??
      [...tags.values()].find(one => `sha256:${digestOf(one)}` === reference);
    if (manifest) {
      response.writeHead(200, {
        'content-type': MANIFEST,
        'docker-content-digest': `sha256:${digestOf(manifest)}`,
        'content-length': manifest.length,
      });
      response.end(manifest);
    } else {
      response.writeHead(404).end();
    }
  }
}
