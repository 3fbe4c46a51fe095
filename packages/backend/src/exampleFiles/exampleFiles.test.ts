import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import express from 'express';
import request from 'supertest';
import { createPublishAction } from './createPublishAction';
import { ExampleFiles } from './ExampleFiles';

describe('the files of example components', () => {
  const workspace = createMockDirectory({
    content: { 'catalog-info.yaml': 'kind: Component\n' },
  });

  it('are served where the action reports', async () => {
    const files = new ExampleFiles();
    const output = jest.fn();
    await createPublishAction({ baseUrl: '/files', files }).handler({
      ...createMockActionContext({
        input: { name: 'shop' },
        workspacePath: workspace.path,
      }),
      output,
    } as never);
    const [[name, url]] = output.mock.calls;
    expect(name).toBe('catalogInfoUrl');
    const app = express().use('/files', files.router());
    const found = await request(app).get(url);
    expect([found.status, found.text]).toEqual([200, 'kind: Component\n']);
    const missing = await request(app).get(`${url}x`);
    expect(missing.status).toBe(404);
  });
});
