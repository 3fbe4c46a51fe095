import { pathObjectName } from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { parseBody } from '../../validation/parseBody';
import { openCalls } from '../objects/openCalls';
import { ResourceParts } from '../types';
import { readMig } from './readMig';

const pathSchema = z.strictObject({
  cluster: z.string(),
  node: pathObjectName,
});

/** Serves how the GPUs of a node are divided. The action `changeMig` of the node changes it. */
export function createMigRouter(parts: ResourceParts): Router {
  const router = PromiseRouter();
  router.get(
    '/clusters/:cluster/nodes/:node/mig',
    async (request, response) => {
      const { cluster, node } = parseBody(pathSchema, request.params);
      response.json(
        await openCalls(
          parts,
          { request, response, cluster, permission: 'read' },
          calls => readMig(calls, node),
        ),
      );
    },
  );
  return router;
}
