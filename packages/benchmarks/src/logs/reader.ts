import { request } from 'undici';
import { serve } from '../process/serve';

/*
 * The client in its own process: it reads until it has all lines.
 */

interface Order {
  url: string;
  lines: number;
  /** Whether each line is a JSON object with several lines of logs. */
  json: boolean;
}

/** What was read, with times in milliseconds. */
export interface ReadLogs {
  lines: number;
  all: number;
  /** From the writing of a line to its reading. */
  delays: number[];
}

/** Of one line in so many, the delay is kept. */
const SAMPLED = 97;

const service = {
  async read({ url, lines, json }: Order): Promise<ReadLogs> {
    const left = new AbortController();
    const began = performance.now();
    const { body, statusCode } = await request(url, {
      headers: { 'accept-encoding': 'identity', authorization: 'Bearer x' },
      signal: left.signal,
    });
    if (statusCode !== 200) {
      throw new Error(`${statusCode}: ${await body.text()}`);
    }
    const delays: number[] = [];
    let count = 0;
    const take = (text: string) => {
      count += 1;
      const written = Number(text.slice(0, text.indexOf(' ')));
      // The bytes of a bare pipe may be of two lines.
      if (count % SAMPLED === 0 && written > 0) {
        delays.push(Date.now() - written);
      }
    };
    const takeJson = (line: string) => {
      const found = JSON.parse(line);
      if (found.type === 'lines') {
        found.lines.forEach(([, , text]: [number, string, string]) =>
          take(text),
        );
      } else if (found.type === 'failed') {
        throw new Error(found.message);
      }
    };
    const takePlain = (line: string) => take(line.slice(line.indexOf(' ') + 1));
    let rest = '';
    body.setEncoding('utf8');
    for await (const chunk of body) {
      const found = `${rest}${chunk}`.split('\n');
      rest = found.pop() ?? '';
      found.forEach(json ? takeJson : takePlain);
      if (count >= lines) {
        break;
      }
    }
    const all = performance.now() - began;
    left.abort();
    return { lines: count, all, delays };
  },
};

export type LogsReader = typeof service;

serve(service);
