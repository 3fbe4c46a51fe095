import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  anArchive,
  chartEntries,
} from '../../helm/charts/__testUtils__/anArchive';

/** The index of the repository: charts with a good archive, with a bad one, and with none. */
const INDEX = {
  apiVersion: 'v1',
  entries: {
    web: [
      {
        name: 'web',
        version: '1.2.3',
        appVersion: '2.0.0',
        kubeVersion: '>=1.20.0-0',
        created: '2026-11-01T10:00:00Z',
        description: 'A web application',
        home: 'https://example.com/web',
        sources: ['https://example.com/src'],
        keywords: ['http'],
        urls: ['web.tgz'],
      },
      { name: 'web', version: '2.0.0-rc.1', urls: ['none.tgz'] },
    ],
    other: [{ name: 'other', version: '1.0.0', urls: ['web.tgz'] }],
  },
};

/** Starts a chart repository on loopback. */
export async function startChartRepository(): Promise<{
  server: Server;
  url: string;
}> {
  const archive = await anArchive(
    chartEntries('web', { 'README.md': '# Web\n' }),
  );
  const server = createServer(({ url }, response) => {
    if (url === '/index.yaml') {
      response.end(JSON.stringify(INDEX));
    } else if (url === '/web.tgz') {
      response.end(archive);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/` };
}
