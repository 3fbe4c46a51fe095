import { Router } from 'express';
import { ociLayout } from './ociLayout';
import { PackedCharts } from './packCharts';

/** Serves charts as a repository with an index.yaml. */
export function createIndexRouter({ index, archives }: PackedCharts): Router {
  const router = Router();
  router.get('/index.yaml', (_, response) => {
    response.type('application/yaml').send(index);
  });
  router.get('/:file', ({ params }, response) => {
    const archive = archives.get(params.file);
    if (archive) {
      response.type('application/gzip').send(archive);
    } else {
      response.status(404).end();
    }
  });
  return router;
}

/** Serves charts as an OCI registry does, for reading. */
export function createRegistryRouter({ charts }: PackedCharts): Router {
  const answers = ociLayout(charts);
  const router = Router();
  router.get('/:name/:kind/:reference', ({ params }, response) => {
    const { name, kind, reference } = params;
    const answer = answers.get(`${name}/${kind}/${reference}`);
    if (answer) {
      // Without Express, which would add a charset that is not part of the media type.
      response.setHeader('content-type', answer.type);
      response.end(answer.body);
    } else {
      response.status(404).end();
    }
  });
  return router;
}
