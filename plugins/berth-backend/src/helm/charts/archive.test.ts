import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import zlib, { gzipSync } from 'node:zlib';
import {
  anArchive,
  anArchiveWith,
  aTar,
  chartEntries,
  contentIn,
  Entry,
  rawHeaders,
  TWO_NAMES,
} from './__testUtils__/anArchive';
import { ARCHIVE_LIMITS, readArchive } from './archive';

// The module itself cannot be spied on.
jest.mock('node:zlib', () => ({ ...jest.requireActual('node:zlib') }));

const RUNS = Number(process.env.BERTH_PROPERTY_RUNS ?? 100);
const WANTED = { paths: ['README.md', 'values.yaml'] };

const read = async (entries: Entry[]) =>
  readArchive(await anArchive(entries), WANTED);

async function nested(depth: number): Promise<Buffer> {
  const files: Record<string, Buffer> =
    depth === 0 ? {} : { 'charts/sub.tgz': await nested(depth - 1) };
  return anArchive(chartEntries('sub', files));
}

describe('readArchive', () => {
  it('returns the wanted files of a chart, and not those of a subchart', async () => {
    const subchart = await anArchive(
      chartEntries('sub', { 'values.yaml': 'inner: true\n' }),
    );
    const { root, files } = await read([
      { name: './web/', type: 'directory' },
      ...chartEntries('web', {
        'README.md': '# Web',
        'charts/sub.tgz': subchart,
        'charts/cache/values.yaml': 'inner: true\n',
      }),
    ]);
    expect(root).toBe('web');
    expect([...files]).toEqual([
      ['values.yaml', { text: 'replicas: 1\n', truncated: false }],
      ['README.md', { text: '# Web', truncated: false }],
    ]);
  });

  it.each(Object.entries(TWO_NAMES))(
    'H6 H7 packs the files again as it read them, also in subcharts: %s',
    async (_, twoNames) => {
      const hidden = (root: string) => [
        ...twoNames(`${root}/doc.txt`, `${root}/values.schema.json`, '{}'),
      ];
      const subchart = await anArchiveWith(chartEntries('sub'), hidden('sub'));
      const archive = await anArchiveWith(
        chartEntries('web', { 'charts/sub.tgz': subchart }),
        hidden('web'),
      );
      const wanted = {
        ...{ paths: [], packs: true },
        pattern: /values\.schema\.json$|\.txt$|\.tgz$/,
      };
      const { matching, packed } = await readArchive(archive, wanted);
      expect(matching.map(({ path }) => path)).toEqual([
        'charts/sub.tgz',
        'doc.txt',
        'charts/sub.tgz/doc.txt',
      ]);
      expect(rawHeaders(packed)).toEqual([
        '0 web/Chart.yaml',
        '0 web/charts/sub.tgz',
        '0 web/doc.txt',
        '0 web/values.yaml',
      ]);
      const inner = await contentIn(packed, 'web/charts/sub.tgz');
      expect(rawHeaders(inner)).toEqual([
        '0 sub/Chart.yaml',
        '0 sub/doc.txt',
        '0 sub/values.yaml',
      ]);
    },
  );

  it('H6 packs long names and bytes again without a change', async () => {
    const long = `templates/${'long-'.repeat(30)}é.yaml`;
    const bytes = randomBytes(1_500);
    const entries = chartEntries('web', {
      [long]: 'a: é\n',
      'logo.png': bytes,
    });
    const { packed } = await readArchive(await anArchive(entries), {
      ...{ paths: [], packs: true },
    });
    expect(await contentIn(packed, 'web/logo.png')).toEqual(bytes);
    expect(`${await contentIn(packed, `web/${long}`)}`).toBe('a: é\n');
  });

  it('H6 unpacks two archives at a time', async () => {
    let open = 0;
    let most = 0;
    const { createGunzip } = zlib;
    const spy = jest.spyOn(zlib, 'createGunzip').mockImplementation(() => {
      most = Math.max(most, ++open);
      return createGunzip().on('close', () => open--);
    });
    try {
      const archive = await anArchive(chartEntries('web'));
      const all = await Promise.all(
        Array.from({ length: 7 }, () => readArchive(archive, WANTED)),
      );
      expect(all.map(({ root }) => root)).toEqual(Array(7).fill('web'));
    } finally {
      spy.mockRestore();
    }
    expect(most).toBe(2);
  });

  it('returns the beginning of a long file', async () => {
    const long = randomBytes(700_000).toString('hex');
    const { files } = await read(chartEntries('web', { 'README.md': long }));
    expect(files.get('README.md')).toEqual({
      text: long.slice(0, ARCHIVE_LIMITS.maxFileBytes),
      truncated: true,
    });
  });

  it.each<[string, Entry[], RegExp]>([
    ['..', [{ name: 'web/../../etc/cron.d/x' }], /not a relative path/],
    ['an absolute name', [{ name: '/etc/passwd' }], /not a relative path/],
    ['a backslash', [{ name: 'web\\..\\x' }], /not a relative path/],
    ['a drive', [{ name: 'C:/x' }], /not a relative path/],
    [
      'very many folders',
      [{ name: `web/${'x/'.repeat(40)}x` }],
      /not a relative path/,
    ],
    ['an empty part', [{ name: 'web//x' }], /not a relative path/],
    [
      'a null character',
      [{ name: 'web/x', pax: { path: 'web/a\0b' } }],
      /not a relative path/,
    ],
    ['a long name', [{ name: `web/${'a/'.repeat(600)}x` }], /not a relative/],
    [
      'a symbolic link',
      [{ name: 'web/x', type: 'symlink', linkname: '/etc/passwd' }],
      /is a symlink; only files and folders/,
    ],
    [
      'a hard link',
      [{ name: 'web/x', type: 'link', linkname: 'web/values.yaml' }],
      /is a link/,
    ],
    ['a device', [{ name: 'web/x', type: 'character-device' }], /is a char/],
    ['a pipe', [{ name: 'web/x', type: 'fifo' }], /is a fifo/],
    ['a name twice', [{ name: 'web/values.yaml' }], /"web\/values.yaml" twice/],
    [
      'a name twice in another form',
      [{ name: './web/values.yaml' }],
      /values.yaml" twice/,
    ],
    [
      'a file that is a folder, too',
      [{ name: 'web/values.yaml/x' }],
      /values.yaml\/x" twice/,
    ],
    ['a second root', [{ name: 'other/x' }], /"web" and "other"/],
    ['a file next to the root', [{ name: 'web' }], /outside the folder/],
    ['a folder as a file', [{ name: 'web/a/b' }, { name: 'web/a' }], /twice/],
  ])('H6 refuses %s', async (_, entries, rule) => {
    await expect(read([...chartEntries(), ...entries])).rejects.toThrow(rule);
  });

  it('H6 refuses more entries than the bound, over all nested archives', async () => {
    const many = (name: string, count: number): Entry[] =>
      Array.from({ length: count }, (_, index) => ({
        name: `${name}/templates/${index}`,
      }));
    await expect(read(many('web', 5_001))).rejects.toThrow(
      'more than 5000 entries',
    );
    const subchart = await anArchive(many('sub', 3_000));
    await expect(
      read([
        { name: 'web/charts/sub.tgz', content: subchart },
        ...many('web', 3_000),
      ]),
    ).rejects.toThrow('more than 5000 entries');
  });

  it('H6 refuses bombs: by ratio, by size, and in nested archives', async () => {
    const zeros = Buffer.alloc(5 * 1024 * 1024);
    await expect(read(chartEntries('web', { bomb: zeros }))).rejects.toThrow(
      'more than 200 times its size',
    );
    const inner = await anArchive(chartEntries('sub', { bomb: zeros }));
    await expect(
      read(
        chartEntries('web', {
          'charts/sub.tgz': inner,
          filler: randomBytes(100_000),
        }),
      ),
    ).rejects.toThrow('more than 200 times its size');
    const half = Buffer.concat([
      randomBytes(200_000),
      Buffer.alloc(30 * 1024 * 1024),
    ]);
    await expect(
      read([
        {
          name: 'web/charts/sub.tgz',
          content: await anArchive(chartEntries('sub', { half })),
        },
        { name: 'web/half', content: half },
      ]),
    ).rejects.toThrow('unpacks to more than 41943040 bytes');
  });

  it('H6 refuses deep nesting, and archives that are too large', async () => {
    await expect(
      readArchive(await nested(3), { paths: [] }),
    ).resolves.toBeDefined();
    await expect(readArchive(await nested(4), { paths: [] })).rejects.toThrow(
      'nested deeper than 3',
    );
    await expect(
      readArchive(randomBytes(ARCHIVE_LIMITS.maxPackedBytes + 1), {
        paths: [],
      }),
    ).rejects.toThrow('larger than 10485760 bytes');
  });

  it.each([
    ['text', Buffer.from('<html>')],
    ['a gzipped text', gzipSync('no tar')],
    ['nothing', Buffer.alloc(0)],
    ['an empty archive', gzipSync(Buffer.alloc(1024))],
  ])('H6 refuses %s', async (_, bytes) => {
    await expect(readArchive(bytes, { paths: [] })).rejects.toThrow(
      /is refused: it is (empty|not a gzipped tar)/,
    );
  });

  it('H6 refuses a damaged archive', async () => {
    const archive = await anArchive(chartEntries());
    await expect(
      readArchive(archive.subarray(0, -20), { paths: [] }),
    ).rejects.toThrow('damaged');
  });

  it('H6 reads or refuses any bytes, and never fails in another way', async () => {
    const whole = await aTar(chartEntries('web', { 'README.md': '# Web' }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.nat({ max: whole.length - 1 }),
            fc.integer({ min: 0, max: 255 }),
          ),
          { maxLength: 12 },
        ),
        async changes => {
          const bytes = Buffer.from(whole);
          changes.forEach(([at, byte]) => bytes.writeUInt8(byte, at));
          const outcome = await readArchive(gzipSync(bytes), WANTED).catch(
            error => error,
          );
          expect(outcome.root ?? `${outcome.name}: ${outcome.message}`).toMatch(
            /^[^/\\]+$|^ClusterCallError: The archive of the chart/,
          );
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('H6 accepts names only if they are plain, relative and below one root', async () => {
    const part = fc.constantFrom('a', 'b', '..', '.', '', 'c:', 'd\\e', '…');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        async names => {
          const typed = names.map(parts => parts.join('/'));
          const plain = typed.map(name => name.replace(/^(\.\/)+/, ''));
          const isGood =
            new Set(plain).size === plain.length &&
            plain.every(name => /^(a|b|…)(\/(a|b|…))+$/.test(name)) &&
            new Set(plain.map(name => name[0])).size === 1 &&
            !plain.some(one =>
              plain.some(other => other.startsWith(`${one}/`)),
            );
          const outcome = await read(
            typed
              .filter(name => name !== '')
              .map(name => ({ name, type: 'file' })),
          ).then(
            () => true,
            () => false,
          );
          expect(outcome).toBe(isGood || (typed.includes('') && outcome));
        },
      ),
      { numRuns: RUNS },
    );
  });
});
