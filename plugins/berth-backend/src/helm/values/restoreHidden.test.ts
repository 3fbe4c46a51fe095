import { HELM_MASK } from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { JsonRecord } from '../../resources/objects/json';
import { maskValues } from '../releases/maskValues';
import { restoreHidden } from './restoreHidden';

const STORED = {
  replicas: 2,
  db: { host: 'db.shop', password: 'hunter2-hunter2', port: 5432 },
  token: { pin: 4711 },
  users: [
    { login: 'ann', password: 'of-ann' },
    { login: 'bob', password: 'of-bob' },
  ],
  nested: [[{ secret: 'deep' }]],
};
const shown = () =>
  JSON.parse(JSON.stringify(maskValues(STORED).values)) as typeof STORED;

describe('restoreHidden', () => {
  it('puts each hidden value back, with its type, where a person left its mask', () => {
    const given = { ...shown(), replicas: 3 };
    expect(JSON.stringify(given)).not.toMatch(/hunter2|4711|of-ann|deep/);
    expect(restoreHidden(given, STORED)).toEqual({ ...STORED, replicas: 3 });
  });

  it('takes the value that a person writes in place of a mask', () => {
    const given = shown();
    given.db.password = 'another';
    expect(restoreHidden(given, STORED)).toMatchObject({
      db: { password: 'another' },
    });
  });

  it.each([
    ['at another path', { db: { pass: HELM_MASK } }, 'db.pass'],
    ['at a value that is not hidden', { db: { host: HELM_MASK } }, 'db.host'],
    ['in a longer text', { db: { password: `x${HELM_MASK}` } }, 'within'],
    ['in a text of a list', { db: [`x${HELM_MASK}`] }, 'within'],
    ['as a name', { [HELM_MASK]: 1 }, 'within'],
    ['as a name in a list', { db: [{ [HELM_MASK]: 1 }] }, 'within'],
    ['below a name of a prototype', { constructor: HELM_MASK }, 'constructor'],
  ])('refuses a mask %s', (_, given, text) => {
    expect(() => restoreHidden(given, STORED)).toThrow(text);
  });

  it.each([
    [
      'of an entry',
      { env: { name: 'DB_PASSWORD', value: 'hunter2-hunter2' } },
      { env: { name: 'GREETING', value: HELM_MASK } },
    ],
    [
      'of an entry of a list',
      { env: [{ name: 'DB_PASSWORD', value: 'hunter2-hunter2' }] },
      { env: [{ value: HELM_MASK }] },
    ],
  ])(
    'H17 does not show a hidden value when the name %s goes',
    (_, stored: JsonRecord, given: JsonRecord) => {
      expect(() => restoreHidden(given, stored)).toThrow(
        /value stands for a hidden value, which the names that you changed/,
      );
    },
  );

  it('gives no item of a list the secret of another', () => {
    const [ann, bob] = shown().users;
    const secretsOf = (users: object[]) =>
      restoreHidden({ users }, STORED).users;
    expect(secretsOf([bob, ann])).toEqual([STORED.users[1], STORED.users[0]]);
    expect(secretsOf([{ ...ann, login: 'anna' }, bob])).toEqual([
      { login: 'anna', password: 'of-ann' },
      STORED.users[1],
    ]);
    for (const users of [
      [{ ...bob, login: 'rob' }],
      [{ ...bob, login: 'rob' }, ann],
      [ann, bob, { ...ann, login: 'eve' }],
    ]) {
      expect(() => secretsOf(users)).toThrow(/users\[\d\]\.password/);
    }
  });

  it('leaves no mask in values, whatever a person sends', () => {
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(HELM_MASK, `${HELM_MASK}!`, 'x', 1, null, true),
      fc.constantFrom<unknown>(...Object.values(shown())),
    );
    const keys = fc.constantFrom(
      ...['db', 'password', 'token', 'pin', 'users', 'nested', 'secret'],
      ...['name', '0', '__proto__', HELM_MASK],
    );
    const { record } = fc.letrec(tie => ({
      record: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        tie('record'),
      ),
    }));
    let taken = 0;
    fc.assert(
      fc.property(record, given => {
        let restored: unknown;
        try {
          restored = restoreHidden(given as JsonRecord, STORED);
        } catch {
          return true;
        }
        taken += 1;
        return !JSON.stringify(restored).includes(HELM_MASK);
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});
