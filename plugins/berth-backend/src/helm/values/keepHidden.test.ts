import { HELM_MASK } from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { maskValues } from '../releases/maskValues';
import { keepHidden } from './keepHidden';

const STORED = {
  replicas: 2,
  db: { host: 'db.shop', password: 'hunter2-hunter2', port: 5432 },
  token: { pin: 4711 },
  users: [
    { name: 'ann', password: 'of-ann' },
    { name: 'bob', password: 'of-bob' },
  ],
  nested: [[{ secret: 'deep' }]],
};
const shown = () =>
  JSON.parse(JSON.stringify(maskValues(STORED).values)) as typeof STORED;

describe('keepHidden', () => {
  it('puts each hidden value back, with its type, where a person left its mask (H17)', () => {
    const edited = { ...shown(), replicas: 3 };
    expect(JSON.stringify(edited)).not.toContain('hunter2');
    expect(keepHidden(edited, STORED)).toEqual({
      values: { ...STORED, replicas: 3 },
      problems: [],
    });
  });

  it('takes the value that a person writes in place of a mask', () => {
    const edited = shown();
    edited.db.password = 'another';
    const { values, problems } = keepHidden(edited, STORED);
    expect(values).toMatchObject({ db: { password: 'another' } });
    expect(problems).toEqual([]);
  });

  it.each([
    ['at another path', { db: { pass: HELM_MASK } }, /"db.pass": ••••••/],
    ['at a value that is not hidden', { db: { host: HELM_MASK } }, /"db.host"/],
    [
      'in a longer text',
      { db: { password: `x${HELM_MASK}` } },
      /no hidden value/,
    ],
    ['as a name', { [HELM_MASK]: 1 }, /is a name/],
    ['as all values', HELM_MASK, /no hidden value/],
    ['below a name of a prototype', { constructor: HELM_MASK }, /constructor/],
  ])('refuses a mask %s', (_, edited, problem) => {
    expect(keepHidden(edited, STORED).problems).toEqual([
      expect.stringMatching(problem),
    ]);
  });

  it('gives no item of a list the secret of another', () => {
    const [ann, bob] = shown().users;
    for (const users of [[bob], [bob, ann], [ann, bob, ann]]) {
      expect(keepHidden({ users }, STORED).problems).toEqual([
        expect.stringMatching(/"users".*the list is another one/),
      ]);
    }
    const written = [bob, ann].map(user => ({ ...user, password: 'new' }));
    expect(keepHidden({ users: written }, STORED)).toEqual({
      values: { users: written },
      problems: [],
    });
  });

  it('leaves no mask in values without problems, whatever a person sends', () => {
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(HELM_MASK, `${HELM_MASK}!`, 'x', 1, null, true),
      fc.constantFrom<unknown>(...Object.values(shown())),
    );
    const keys = fc.constantFrom(
      ...['db', 'password', 'token', 'pin', 'users', 'nested', 'secret'],
      ...['name', '0', '__proto__', HELM_MASK],
    );
    const { values } = fc.letrec(tie => ({
      values: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('values'), { maxLength: 3 }),
        fc.dictionary(keys, tie('values'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(values, edited => {
        const kept = keepHidden(edited, STORED);
        return (
          kept.problems.length > 0 ||
          !JSON.stringify(kept.values ?? null).includes(HELM_MASK)
        );
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a release that has the text of the mask itself', () => {
    const stored = { list: [{ note: HELM_MASK }] };
    const edited = maskValues(stored).values;
    expect(keepHidden(edited, stored).problems).toHaveLength(1);
  });
});
