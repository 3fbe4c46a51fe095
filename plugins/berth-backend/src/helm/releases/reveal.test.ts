import { OpenedRevision } from './ReleaseReader';
import { revealValue } from './reveal';

const opened = {
  release: {
    config: {
      replicas: 2,
      database: { password: 'p1' },
      tokens: [{ a: 7 }],
    },
    defaults: { apiKey: 'k1' },
    manifest:
      'apiVersion: v1\nkind: SecretList\nitems: [{metadata: {name: a}, stringData: {b: p2}}]',
    hooks: [],
  },
  stored: { namespace: 'shop', source: 'secret', objectName: 'x' },
} as unknown as OpenedRevision;

describe('revealValue', () => {
  it.each([
    [['database', 'password'], 'p1'],
    [['tokens', '0', 'a'], '7'],
  ])('returns the hidden value %j', async (value, text) => {
    expect(await revealValue(opened, { value } as never)).toBe(text);
  });

  it('returns hidden values of the chart on request', async () => {
    const value = ['apiKey'];
    const reveal = (all: boolean) =>
      revealValue(opened, { value, all } as never);
    expect(await reveal(true)).toBe('k1');
    await expect(reveal(false)).rejects.toThrow('no hidden value "apiKey"');
  });

  it.each([
    [['replicas']],
    [['database']],
    [['tokens']],
    [['tokens', 'length']],
    [['__proto__']],
    [['none']],
  ])('H23 refuses %j, which is not a hidden value', async value => {
    await expect(revealValue(opened, { value } as never)).rejects.toMatchObject(
      { name: 'NotFoundError' },
    );
  });

  it('returns the values of Secrets in lists', async () => {
    const object = { kind: 'Secret', name: 'a' };
    expect(await revealValue(opened, { object, key: 'b' } as never)).toBe('p2');
  });
});
