import express from 'express';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { LISTED_AT_A_TIME, streamClusters } from './streamClusters';

type Line = { type: 'rows'; cluster: string };

describe('streamClusters', () => {
  let server: Server;
  let begun: string[];
  let answer: (cluster: string) => Promise<void>;

  beforeAll(async () => {
    const app = express();
    app.get('/', async (_, response) => {
      await streamClusters<Line, string>(response, {
        parts: ['slow1', 'slow2', 'good1', 'good2'],
        refused: [],
        userRef: 'user:default/alice',
        streams: { addPerson: () => () => {} },
        startOf: name => ({ name }),
        list: async (cluster, { write }) => {
          begun.push(cluster);
          if (cluster.startsWith('good')) {
            await write({ type: 'rows', cluster });
          }
          await answer(cluster);
        },
      });
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  beforeEach(() => {
    begun = [];
    jest.replaceProperty(LISTED_AT_A_TIME, 'clusters', 1);
    jest.replaceProperty(LISTED_AT_A_TIME, 'silence', 50);
  });

  afterEach(() => jest.restoreAllMocks());

  const read = async () => {
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}`)).text();
  };

  it('S32 lists other clusters while some answer nothing', async () => {
    let thaw = () => {};
    const frozen = new Promise<void>(resolve => {
      thaw = resolve;
    });
    answer = async cluster => {
      if (cluster === 'good2') {
        thaw();
      }
      await (cluster.startsWith('slow') ? frozen : undefined);
    };
    // Ends only if a cluster after the frozen ones begins.
    expect(await read()).toMatch(/"end"}\n$/);
    expect(begun).toEqual(['slow1', 'slow2', 'good1', 'good2']);
  });

  it('lists no more clusters at a time while one answers', async () => {
    let finish = () => {};
    const long = new Promise<void>(resolve => {
      finish = resolve;
    });
    let meanwhile: string[] = [];
    answer = async cluster => {
      if (cluster === 'good1') {
        setTimeout(() => {
          meanwhile = [...begun];
          finish();
        }, 200);
        await long;
      }
    };
    await read();
    expect(meanwhile).not.toContain('good2');
    expect(begun).toContain('good2');
  });
});
