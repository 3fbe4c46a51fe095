import { RequestHandler } from 'express';

/**
 * Keeps every answer of the plugin out of caches: it is for one person, and for now. The issuer's documents, which
 * clusters may keep for some seconds, are not the plugin's.
 */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
