import { RequestHandler, Response } from 'express';
import { ISSUER_PATH } from './issuerUrl';
import { DISCOVERY_PATH, discoveryDocument, JWKS_PATH } from './documents';
import { KeyRing } from './types';

/** API servers keep the keys for as long as this says, so a new key is unknown to them until then. */
const MAX_AGE_SECONDS = 30;

export interface IssuerRouterOptions {
  issuer: string;
  keyRing: KeyRing;
}

/**
 * Serves discovery and JWKS to anyone. It stands on the root router, where nothing is authenticated, so
 * it compares the whole path and passes on nothing: any other spelling is a 404.
 */
export async function createIssuerHandler({
  issuer,
  keyRing,
}: IssuerRouterOptions): Promise<RequestHandler> {
  const { algorithm } = await keyRing.signingKey();
  const documents: Record<string, () => Promise<object>> = {
    [DISCOVERY_PATH]: async () => discoveryDocument(issuer, algorithm),
    [JWKS_PATH]: () => keyRing.publicKeys(),
  };

  return (request, response, next) => {
    const path = request.originalUrl.split('?', 1)[0];
    const document = Object.keys(documents).find(
      key => path === `${ISSUER_PATH}${key}`,
    );
    if (!document) {
      sendError(response, 404, 'NotFoundError', 'There is nothing here');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendError(response, 405, 'NotAllowedError', 'Only GET is answered here');
      return;
    }
    documents[document]().then(
      body =>
        response
          .setHeader('Cache-Control', `public, max-age=${MAX_AGE_SECONDS}`)
          .json(body),
      next,
    );
  };
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
