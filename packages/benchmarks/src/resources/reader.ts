import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { serve } from '../process/serve';

/*
 * The client in its own process: bare lists of API servers, and the lines of a portal.
 */

const PAGE = 500;

interface BareOrder {
  apiServers: string[];
  caPem: string;
}

interface LinesOrder {
  url: string;
  person: 'admin' | 'member';
  gzip?: boolean;
}

/** What was read, with times in milliseconds. */
export interface Read {
  rows: number;
  /** Of the answers as they arrived. */
  bytes: number;
  first: number;
  all: number;
  /** When the last cluster that did not fail was complete. */
  good: number;
  failed: number;
}

let agent: Agent | undefined;

const service = {
  /** Lists whole pods in pages, all clusters at the same time, and parses them. */
  async bare({ apiServers, caPem }: BareOrder): Promise<Read> {
    agent ??= new Agent({ connect: { ca: caPem } });
    const began = performance.now();
    let rows = 0;
    let bytes = 0;
    let first: number | undefined;
    await Promise.all(
      apiServers.map(async apiServer => {
        let token: string | undefined;
        do {
          const { body } = await request(
            `${apiServer}/api/v1/pods?limit=${PAGE}${
              token === undefined ? '' : `&continue=${token}`
            }`,
            { dispatcher: agent, headers: { accept: 'application/json' } },
          );
          const text = await body.text();
          bytes += text.length;
          const list = JSON.parse(text);
          rows += list.items.length;
          token = list.metadata.continue;
          first ??= performance.now() - began;
        } while (token !== undefined);
      }),
    );
    const all = performance.now() - began;
    return { rows, bytes, first: first ?? all, all, good: all, failed: 0 };
  },

  /** Reads and parses the lines of a portal. */
  async lines({ url, person, gzip = false }: LinesOrder): Promise<Read> {
    const began = performance.now();
    const { body, statusCode } = await request(url, {
      headers: {
        authorization: `Bearer ${person}`,
        'accept-encoding': gzip ? 'gzip' : 'identity',
      },
    });
    if (statusCode !== 200) {
      throw new Error(`${statusCode}: ${await body.text()}`);
    }
    const read: Read = {
      rows: 0,
      bytes: 0,
      first: 0,
      all: 0,
      good: 0,
      failed: 0,
    };
    body.on('data', chunk => {
      read.bytes += chunk.length;
    });
    const plain: Readable = gzip ? body.pipe(createGunzip()) : body;
    let rest = '';
    const take = (line: string) => {
      const { type, rows } = JSON.parse(line);
      const now = performance.now() - began;
      if (type === 'rows') {
        read.rows += rows.length;
        read.first ||= now;
      } else if (type === 'done') {
        read.good = now;
      } else if (type === 'failed') {
        read.failed += 1;
      }
    };
    plain.setEncoding('utf8');
    for await (const chunk of plain) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    }
    read.all = performance.now() - began;
    return read;
  },
};

export type Reader = typeof service;

serve(service);
