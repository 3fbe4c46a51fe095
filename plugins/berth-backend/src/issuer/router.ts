import { RequestHandler, Response } from 'express';
import { createHash } from 'node:crypto';
import { matchesWeakly } from '../validation/preconditions';
import { DISCOVERY_PATH, discoveryDocument, JWKS_PATH } from './documents';
import { ISSUER_PATH } from './issuerUrl';
import { KeyRing, PublishedKeys } from './keys/types';

/** API servers cache the keys for this long, so they do not know a new key until then. */
const MAX_AGE_SECONDS = 30;

export interface IssuerHandlerOptions {
  issuer: string;
  keyRing: KeyRing;
}

interface Document {
  body: Buffer;
  etag: string;
}

const PATHS = new Set([
  `${ISSUER_PATH}${DISCOVERY_PATH}`,
  `${ISSUER_PATH}${JWKS_PATH}`,
]);

class DocumentCache {
  readonly #issuer: string;
  #kids = '';
  #documents = new Map<string, Document>();

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  get(path: string, { jwks, algorithms }: PublishedKeys): Document {
    const kids = jwks.keys.map(key => key.kid).join();
    if (kids !== this.#kids) {
      const discovery = discoveryDocument(this.#issuer, algorithms);
      this.#documents = new Map([
        [`${ISSUER_PATH}${DISCOVERY_PATH}`, write(discovery)],
        [`${ISSUER_PATH}${JWKS_PATH}`, write(jwks)],
      ]);
      this.#kids = kids;
    }
    return this.#documents.get(path)!;
  }
}

/**
 * Serves discovery and JWKS to anyone. It is mounted on the root router, which authenticates nothing, so it
 * compares the whole path and passes nothing on: any other spelling is a 404. The documents are serialized again
 * only when the published keys change.
 */
export function createIssuerHandler({
  issuer,
  keyRing,
}: IssuerHandlerOptions): RequestHandler {
  const documents = new DocumentCache(issuer);

  return (request, response, next) => {
    const path = request.originalUrl.split('?', 1)[0];
    if (!PATHS.has(path)) {
      sendError(
        response,
        404,
        'NotFoundError',
        'There is no document at this path',
      );
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendError(response, 405, 'NotAllowedError', 'This path accepts GET only');
      return;
    }
    const answer = async () => {
      const keys = await keyRing.publishedKeys();
      const { body, etag } = documents.get(path, keys);
      response
        .setHeader('Cache-Control', `public, max-age=${MAX_AGE_SECONDS}`)
        .setHeader('Content-Type', 'application/json')
        .setHeader('ETag', etag);
      if (matchesWeakly(request.headers['if-none-match'], etag)) {
        response.status(304).end();
      } else {
        response.setHeader('Content-Length', body.length).end(body);
      }
    };
    answer().catch(next);
  };
}

function write(document: object): Document {
  const body = Buffer.from(JSON.stringify(document));
  const hash = createHash('sha256').update(body).digest('base64url');
  return { body, etag: `"${hash}"` };
}

function sendError(
  response: Response,
  statusCode: number,
  name: string,
  message: string,
) {
  response
    .status(statusCode)
    .json({ error: { name, message }, response: { statusCode } });
}
