import { ActivityEntry } from '@berth/plugin-berth-common';
import express from 'express';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { PageRequest } from '../model/paging';
import { exportEntries, ReadEntries } from './exportEntries';

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
function pagesOf(count: number) {
  return jest.fn(async ({ limit, position }: PageRequest) => {
    const from = position?.offset ?? 0;
    const end = Math.min(from + limit, count);
    return {
      items: Array.from({ length: end - from }, (_, at) => entry(from + at)),
      ...(end < count && {
        next: { direction: 'next' as const, keys: [`${end}`], offset: end },
      }),
    };
  });
}

describe('exportEntries', () => {
  let server: Server;
  /** Resolves when the last export has ended. */
  let ended: Promise<void>;

  afterEach(() => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  });

  async function serve(read: ReadEntries, limit = Infinity): Promise<string> {
    const app = express().get('/', (_, response, next) => {
      ended = exportEntries(response, 'jsonl', read, { limit }).catch(next);
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
    [500, 1],
    [1_200, 3],
  ])('sends all of %d entries in %d reads', async (count, readings) => {
    const read = pagesOf(count);
    const sent = await linesAt(await serve(read));
    expect(sent).toEqual(
      Array.from({ length: count }, (_, index) => entry(index)),
    );
    expect(read).toHaveBeenCalledTimes(readings);
  });

  it('sends no more than the limit', async () => {
    const read = pagesOf(2_000);
    expect(await linesAt(await serve(read, 600))).toHaveLength(600);
    expect(read.mock.calls.map(([{ limit }]) => limit)).toEqual([500, 100]);
  });

  it('aborts rather than sending an incomplete file as complete', async () => {
    const read = pagesOf(2_000);
    read.mockImplementationOnce(pagesOf(2_000));
    read.mockRejectedValueOnce(new Error('the database is gone'));
    const url = await serve(read);
    await expect(linesAt(url)).rejects.toThrow('terminated');
  });

  it('answers with an error if nothing was sent yet', async () => {
    const url = await serve(async () => {
      throw new Error('the database is gone');
    });
    expect((await fetch(url)).status).toBe(500);
  });

  it('stops reading when the client disconnects', async () => {
    const read = pagesOf(1_000_000);
    const url = await serve(read);
    const aborted = new AbortController();
    const response = await fetch(url, { signal: aborted.signal });
    await response.body!.getReader().read();
    aborted.abort();
    await ended;
    const readings = read.mock.calls.length;
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(read).toHaveBeenCalledTimes(readings);
    expect(readings).toBeLessThan(1_000);
  });
});
