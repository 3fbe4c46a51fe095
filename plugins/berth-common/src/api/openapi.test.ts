import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiYaml } from './openapi';
import { API_ROUTES } from './routes';

describe('the OpenAPI document', () => {
  it('is up to date; run `npm run openapi` otherwise', async () => {
    const file = join(__dirname, '../../../../docs/openapi.yaml');
    expect(await readFile(file, 'utf8')).toBe(openApiYaml());
  });

  it('names a schema for each reference', () => {
    const text = openApiYaml();
    const references = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, id]) => id,
    );
    expect(references).toContain('Cluster');
    const names = new Set(
      [...text.matchAll(/^ {4}(\w+):$/gm)].map(([, id]) => id),
    );
    expect([...new Set(references)].filter(id => !names.has(id))).toEqual([]);
  });
});

describe('the routes', () => {
  it('are unique', () => {
    const calls = API_ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(calls).size).toBe(calls.length);
  });
});
