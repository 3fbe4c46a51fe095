import { applyRequestSchema } from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../../audit/audited';
import { parseBody } from '../../validation/parseBody';
import { openCalls } from '../objects/openCalls';
import { ResourceParts } from '../types';
import { applyDocuments } from './applyDocuments';
import { readDocuments } from './readDocuments';

/** Serves the application of YAML. */
export function createApplyRouter(parts: ResourceParts): Router {
  const { auditor } = parts;
  const router = PromiseRouter();

  router.post('/clusters/:cluster/apply', async (request, response) => {
    const { cluster } = request.params;
    const body = parseBody(applyRequestSchema, request.body);
    const { yaml, namespace, dryRun = false, force = [] } = body;
    const items = await openCalls(
      parts,
      { request, response, cluster, permission: 'write' },
      calls =>
        applyDocuments({
          calls,
          // Only for those who may enter the cluster, because it takes time.
          documents: readDocuments(yaml),
          namespace,
          dryRun,
          force: new Set(force),
          record: ({ kind, force: forced, ...subject }, change) =>
            audited(
              auditor,
              {
                eventId: 'object-apply',
                severityLevel: 'medium',
                request,
                meta: {
                  cluster,
                  resource:
                    kind.group === ''
                      ? kind.plural
                      : `${kind.plural}.${kind.group}`,
                  ...subject,
                  ...(forced && { force: true }),
                },
              },
              async () => ({ result: await change() }),
            ),
        }),
    );
    response.json({ items, totalItems: items.length });
  });

  return router;
}
