import { TestDatabases } from '@backstage/backend-test-utils';
import { OperationsUnderTest } from './__testUtils__/OperationsUnderTest';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('texts of others on %p', id => {
  let portal: OperationsUnderTest;

  beforeEach(async () => {
    portal = await OperationsUnderTest.start(await databases.init(id));
  });

  afterEach(() => portal?.stop());

  it.each([
    [
      { name: 'web', version: '1.0.0' },
      { name: 'web', version: '1.0.0' },
    ],
    [
      { name: 'w'.repeat(300), version: `1.0.0-${'a'.repeat(300)}` },
      { name: `${'w'.repeat(254)}…`, version: `1.0.0-${'a'.repeat(248)}…` },
    ],
    [
      { name: 'web\0\u202e', version: '\ud8001\n0' },
      { name: 'web', version: '1 0' },
    ],
  ])(
    'stores an operation on a release of the chart %j',
    async (chart, stored) => {
      const operation = await portal.upgrade('web', { chart });
      expect((await portal.store.get(operation!))?.chart).toEqual(stored);
    },
  );

  it('stores lines and results with any characters', async () => {
    const operation = (await portal.upgrade('web'))!;
    const claim = (await portal.store.claim(operation, 'a replica'))!;
    const at = new Date().toISOString();
    await portal.store.addLines(claim, 1, [
      { at, level: 'Error', text: 'helm\0 failed' },
      { at, level: 'Output', text: 'a\0b' },
    ]);
    const lines = await portal.store.lines(operation, {
      after: 0,
      limit: 10,
      levels: ['Error', 'Output'],
    });
    expect(lines.map(({ text }) => text)).toEqual(['helm  failed', 'a\0b']);
    await portal.store.end(claim, {
      state: 'Failed',
      message: 'a\0b\nc',
      advice: 'd\0e',
    });
    expect(await portal.store.get(operation)).toMatchObject({
      ...{ message: 'a b\nc', advice: 'd e' },
    });
  });
});
