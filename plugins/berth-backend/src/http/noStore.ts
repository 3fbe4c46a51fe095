import { RequestHandler } from 'express';

/**
 * Keeps every answer of the plugin out of caches, because it is for one person at one time. The issuer's
 * documents, which clusters may cache for some seconds, are not part of the plugin's routes.
 */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
