import { ActivityEntry } from '@berth/plugin-berth-common';
import express from 'express';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { exportEntries, NextPage } from './exportEntries';

function entry(index: number): ActivityEntry {
  return {
    id: `${index}`,
    at: '2026-01-01T00:00:00.000Z',
    actor: 'user:default/ada',
    event: 'token-mint',
    outcome: 'Succeeded',
    groups: [],
  };
}

/** Returns the given number of entries, page by page. */
function pagesOf(count: number): jest.Mock<Promise<ActivityEntry[]>> {
  return jest.fn(async (limit: number, olderThan?: string) => {
    const from = olderThan === undefined ? 0 : Number(olderThan) + 1;
    const length = Math.max(0, Math.min(limit, count - from));
    return Array.from({ length }, (_, index) => entry(from + index));
  });
}

describe('exportEntries', () => {
  let server: Server;

  afterEach(() => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  });

  async function serve(nextPage: NextPage, most?: number): Promise<string> {
    const app = express().get('/', (_, response, next) => {
      exportEntries(response, 'jsonl', nextPage, most).catch(next);
    });
    server = createServer(app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  async function linesAt(url: string): Promise<ActivityEntry[]> {
    const text = await (await fetch(url)).text();
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
  }

  it.each([
    [0, 1],
    [499, 1],
    [500, 2],
    [1_200, 3],
  ])('sends all of %d entries in %d reads', async (count, readings) => {
    const nextPage = pagesOf(count);
    const sent = await linesAt(await serve(nextPage));
    expect(sent).toEqual(
      Array.from({ length: count }, (_, index) => entry(index)),
    );
    expect(nextPage).toHaveBeenCalledTimes(readings);
  });

  it('sends no more than the limit', async () => {
    const nextPage = pagesOf(2_000);
    expect(await linesAt(await serve(nextPage, 600))).toHaveLength(600);
    expect(nextPage.mock.calls.map(([limit]) => limit)).toEqual([500, 100]);
  });

  it('aborts rather than sending an incomplete file as complete', async () => {
    const nextPage = pagesOf(2_000);
    nextPage.mockImplementationOnce(pagesOf(2_000));
    nextPage.mockRejectedValueOnce(new Error('the database is gone'));
    const url = await serve(nextPage);
    await expect(linesAt(url)).rejects.toThrow('terminated');
  });

  it('answers with an error if nothing was sent yet', async () => {
    const url = await serve(async () => {
      throw new Error('the database is gone');
    });
    expect((await fetch(url)).status).toBe(500);
  });

  it('stops reading when the client disconnects', async () => {
    const nextPage = pagesOf(1_000_000);
    const url = await serve(nextPage);
    const aborted = new AbortController();
    const response = await fetch(url, { signal: aborted.signal });
    await response.body!.getReader().read();
    aborted.abort();
    await new Promise(resolve => setTimeout(resolve, 500));
    const readings = nextPage.mock.calls.length;
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(nextPage).toHaveBeenCalledTimes(readings);
    expect(readings).toBeLessThan(1_000);
  });
});
