import { KubectlPortal } from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { CLI_FILES, CliFiles } from './cliFiles';

export interface CliRouterOptions {
  files: CliFiles;
  portal: Omit<KubectlPortal, 'time'>;
}

/** Serves the program and the description of the portal to anyone: neither contains anything secret. */
export function createCliRouter({ files, portal }: CliRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/kubectl/cli/portal.json', (_request, response) => {
    const body: KubectlPortal = { ...portal, time: new Date().toISOString() };
    response.json(body);
  });

  for (const name of CLI_FILES) {
    router.get(`/kubectl/cli/${name}`, async (request, response) => {
      const { body, etag, type } = await files.get(name);
      response
        .setHeader('Cache-Control', 'public, no-cache')
        .setHeader('Content-Type', type)
        .setHeader('X-Content-Type-Options', 'nosniff')
        .setHeader('ETag', etag);
      if (request.headers['if-none-match'] === etag) {
        response.status(304).end();
      } else {
        response.end(body);
      }
    });
  }

  return router;
}
