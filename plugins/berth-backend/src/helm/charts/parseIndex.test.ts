import { INDEX_LIMITS, IndexLimits, parseIndex } from './parseIndex';
import { IndexedChart } from './types';

jest.setTimeout(60_000);

/** Parsing on the main thread leaves the event loop none. */
const MANY_TURNS = 3;

async function parsed(
  text: string | Buffer,
  patterns?: string[],
  limits: Partial<IndexLimits> = {},
): Promise<IndexedChart[]> {
  const charts: IndexedChart[] = [];
  const parts = parseIndex(Buffer.from(text), patterns, {
    ...INDEX_LIMITS,
    ...limits,
  });
  for await (const part of parts) {
    charts.push(...part);
  }
  return charts;
}

const version = (number: string, more: object = {}) => ({
  name: 'web',
  version: number,
  urls: [`web-${number}.tgz`],
  ...more,
});

/** An index in YAML with many versions of one chart. */
function largeIndex(versions: number): string {
  const entries = Array.from(
    { length: versions },
    (_, index) =>
      `  - {name: web, version: 1.0.${index}, urls: [web-1.0.${index}.tgz], description: A chart of a web application}\n`,
  );
  return `apiVersion: v1\nentries:\n  web:\n${entries.join('')}`;
}

/** Counts the turns that the event loop gives to timers. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await work();
  clearInterval(timer);
  return turns;
}

describe('parseIndex', () => {
  it('returns the charts with their versions in order', async () => {
    const text = `
apiVersion: v1
entries:
  web:
  - {name: web, version: 1.9.0, appVersion: 1.10, urls: [charts/web-1.9.0.tgz], deprecated: true}
  - name: web
    version: 1.10.0
    appVersion: 2.10
    kubeVersion: ">=1.20"
    created: "2026-03-01T10:00:00.5+01:00"
    digest: sha256:${'AB'.repeat(32)}
    description: "Serves\\npages"
    home: https://example.com/web
    sources: [https://example.com/src, "javascript:alert(1)"]
    keywords: [http, null, pages]
    icon: https://example.com/icon.svg
    urls: [https://cdn.example.com/web-1.10.0.tgz, other]
  - {name: web, version: 2.0.0-rc.1, urls: [web-2.0.0-rc.1.tgz]}
  - {name: web, version: not a version, urls: [x]}
  - {name: web, version: 3.0.0}
  empty: []
  "bad/name": [{version: 1.0.0, urls: [x]}]
`;
    expect(await parsed(text)).toEqual([
      {
        name: 'web',
        description: 'Serves pages',
        home: 'https://example.com/web',
        sources: ['https://example.com/src'],
        keywords: ['http', 'pages'],
        latest: expect.objectContaining({ version: '1.10.0' }),
        versions: [
          {
            version: '2.0.0-rc.1',
            url: 'web-2.0.0-rc.1.tgz',
            deprecated: false,
            prerelease: true,
          },
          {
            version: '1.10.0',
            appVersion: '2.10',
            kubeVersion: '>=1.20',
            createdAt: '2026-03-01T09:00:00.500Z',
            digest: 'ab'.repeat(32),
            url: 'https://cdn.example.com/web-1.10.0.tgz',
            deprecated: false,
            prerelease: false,
          },
          {
            version: '1.9.0',
            appVersion: '1.10',
            url: 'charts/web-1.9.0.tgz',
            deprecated: true,
            prerelease: false,
          },
        ],
      },
    ]);
  });

  it('reads JSON, and only the charts that a pattern matches', async () => {
    const entries = Object.fromEntries(
      ['web', 'web-extra', 'cache', 'a.b'].map(name => [
        name,
        [version('1.0.0')],
      ]),
    );
    const text = JSON.stringify({ entries });
    const names = async (patterns?: string[]) =>
      (await parsed(text, patterns)).map(({ name }) => name).sort();
    expect(await names()).toEqual(['a.b', 'cache', 'web', 'web-extra']);
    expect(await names(['web*', 'a?b'])).toEqual(['web', 'web-extra']);
  });

  it('keeps the order of more versions than one part has', async () => {
    const numbers = Array.from({ length: 1_300 }, (_, at) => `1.0.${at}`);
    const entries = {
      web: numbers.map(number => version(number)),
      zoo: [version('1.0.0')],
    };
    const [web, zoo] = await parsed(JSON.stringify({ entries }));
    expect(web.versions.map(one => one.version)).toEqual(numbers.reverse());
    expect(zoo.versions).toHaveLength(1);
  });

  it.each([
    ['text', 'no index', /no map "entries"/],
    ['another document', 'kind: Pod', /no map "entries"/],
    ['broken YAML', 'entries: [', /neither YAML nor JSON/],
    ['deep nesting', '['.repeat(100_000), /neither YAML nor JSON/],
    ['deep JSON', `{"a":${'['.repeat(50_000)}`, /neither YAML nor JSON/],
  ])('H12 refuses %s without a word of it', async (_, text, rule) => {
    await expect(parsed(text)).rejects.toThrow(rule);
  });

  it('H12 counts what aliases stand for', async () => {
    const laughs = ['a0: &a0 [{version: 1.0.0, urls: [x]}]'];
    for (let level = 1; level < 20; level++) {
      const last = `*a${level - 1}`;
      laughs.push(`a${level}: &a${level} [${last}, ${last}, ${last}, ${last}]`);
    }
    expect(
      await parsed(`${laughs.join('\n')}\nentries: {web: *a19}\n`),
    ).toEqual([]);

    const many = Array.from({ length: 2_000 }, () => '{version: 1.0.0}');
    const names = Array.from({ length: 100 }, (__, index) => `c${index}: *all`);
    await expect(
      parsed(
        `all: &all [${many.join(', ')}]\nentries: {${names.join(', ')}}\n`,
      ),
    ).rejects.toThrow(
      '200000 versions of charts, and the portal reads at most',
    );
  });

  it('H12 refuses a million versions, and leaves the event loop its turns', async () => {
    const text = Buffer.from(
      JSON.stringify({
        entries: { web: Array.from({ length: 1_000_000 }, () => ({})) },
      }),
    );
    const turns = await turnsDuring(() =>
      expect(parsed(text)).rejects.toThrow('1000000 versions of charts'),
    );
    expect(turns).toBeGreaterThan(MANY_TURNS);
  });

  it('H12 ends a process that takes too much memory', async () => {
    // The descriptions alone take several times this heap.
    const entries = Array.from({ length: 20_000 }, (_, patch) =>
      version(`1.0.${patch}`, { description: `${patch} `.repeat(500) }),
    );
    const text = Buffer.from(JSON.stringify({ entries: { web: entries } }));
    const turns = await turnsDuring(() =>
      expect(parsed(text, undefined, { maxHeapMb: 16 })).rejects.toThrow(
        'takes more memory than the portal gives',
      ),
    );
    expect(turns).toBeGreaterThan(MANY_TURNS);
  });

  it('H12 ends a process that takes too long', async () => {
    await expect(
      parsed(largeIndex(20_000), undefined, { deadlineMs: 20 }),
    ).rejects.toThrow('takes longer than 0.02 seconds');
  });

  it('H12 reads an index of many charts while the event loop has its turns', async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 40 }, (_, chart) => [
        `chart-${chart}`,
        Array.from({ length: 500 }, (__, patch) =>
          version(`1.0.${patch}`, { digest: 'ab'.repeat(32) }),
        ),
      ]),
    );
    const text = Buffer.from(JSON.stringify({ entries }));
    let charts: IndexedChart[] = [];
    const turns = await turnsDuring(async () => {
      charts = await parsed(text);
    });
    expect(charts).toHaveLength(40);
    expect(turns).toBeGreaterThan(MANY_TURNS);
  });
});
