/** What a list of releases brought, with times in milliseconds. */
export interface ReadReleases {
  /** Releases with their charts. */
  releases: number;
  all: number;
  /** When the last cluster that did not fail was complete. */
  good: number;
  failed: number;
}

export interface ReadOptions {
  person?: 'admin' | 'member';
  /** Leaves when so many clusters are complete; by default at the end of the list. */
  clusters?: number;
}

/** Reads the list of releases of a portal. */
export async function readReleases(
  url: string,
  { person = 'member', clusters = Infinity }: ReadOptions = {},
): Promise<ReadReleases> {
  const began = performance.now();
  const answer = await fetch(url, {
    headers: {
      authorization: `Bearer ${person}`,
      'accept-encoding': 'identity',
    },
  });
  if (answer.status !== 200 || !answer.body) {
    throw new Error(`${answer.status}: ${await answer.text()}`);
  }
  const complete = new Set<string>();
  let good = 0;
  let done = 0;
  let failed = 0;
  let rest = '';
  const take = (line: string) => {
    const { type, cluster, items } = JSON.parse(line);
    if (type === 'releases') {
      for (const { namespace, name, chart } of items) {
        if (chart) {
          complete.add(`${cluster}/${namespace}/${name}`);
        }
      }
    } else if (type === 'done') {
      done += 1;
      good = performance.now() - began;
    } else if (type === 'failed') {
      failed += 1;
    }
  };
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split(
      '\n',
    );
    rest = lines.pop() ?? '';
    lines.forEach(take);
    if (done >= clusters) {
      break;
    }
  }
  const all = performance.now() - began;
  return { releases: complete.size, all, good, failed };
}
