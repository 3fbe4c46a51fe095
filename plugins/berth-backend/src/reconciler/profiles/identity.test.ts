import { readIdentity, refusalOf } from './identity';

const NAMES = { uid: 'uid', gid: 'gid', groups: 'groups' };
const ALICE = 'user:default/alice';
const TEAM = 'group:default/team';

const read = (annotations: Record<string, string>, owner = ALICE) =>
  readIdentity(owner, annotations, NAMES);

describe('readIdentity', () => {
  it('reads the IDs of a person, and of a group without a user ID', () => {
    const annotations = {
      uid: '12345',
      gid: '100',
      groups: '300, 200,300',
    };
    const group = { runAsGroup: 100, supplementalGroups: [200, 300] };
    expect(read(annotations)).toEqual({ runAsUser: 12345, ...group });
    expect(read(annotations, TEAM)).toEqual(group);
    expect(read({ uid: '1', gid: '2147483647' })).toEqual({
      runAsUser: 1,
      runAsGroup: 2147483647,
      supplementalGroups: [],
    });
  });

  it.each([
    '0',
    '-1',
    '+1000',
    '01000',
    ' 1000',
    '1000\n',
    '1e3',
    '0x3e8',
    '1000.0',
    '2147483648',
    '4294967296',
    '99999999999999999999',
    '١٠٠٠',
    '1_000',
    '',
    'root',
  ])('P13 refuses the ID %j of a user, a group and more groups', id => {
    const problem = { problem: expect.stringContaining('whole number') };
    expect(read({ uid: id, gid: '100' })).toEqual(problem);
    expect(read({ uid: '1000', gid: id })).toEqual(problem);
    expect(read({ gid: '100', groups: `7,${id},8` }, TEAM)).toEqual(
      // The parts of the list may have spaces around them.
      id === ' 1000' || id === '1000\n'
        ? { runAsGroup: 100, supplementalGroups: [7, 8, 1000] }
        : problem,
    );
  });

  it('P13 reads no user ID without its annotation, and no inherited property', () => {
    const values = { runAsGroup: 100, supplementalGroups: [] };
    expect(read({ gid: '100' })).toEqual(values);
    expect(
      readIdentity(ALICE, { gid: '100' }, { uid: 'constructor', gid: 'gid' }),
    ).toEqual(values);
    expect(readIdentity(ALICE, {}, { gid: 'constructor' })).toEqual({
      problem: `${ALICE} has no annotation constructor in the catalog`,
    });
    expect(read({ uid: '1000' })).toEqual({
      problem: `${ALICE} has no annotation gid in the catalog`,
    });
  });

  it('P13 refuses more groups than a pod may have', () => {
    const groups = Array.from({ length: 65 }, (_, index) => index + 1).join();
    expect(read({ uid: '1000', gid: '100', groups })).toEqual({
      problem: expect.stringContaining('at most 64 whole numbers'),
    });
  });
});

describe('refusalOf', () => {
  const minimum = 1000;
  const values = { runAsGroup: 100, supplementalGroups: [] };

  it('P13 refuses user IDs below the minimum, and a person without one', () => {
    const of = (runAsUser?: number) =>
      refusalOf(ALICE, { ...values, runAsUser }, { ...NAMES, minimum });
    expect(of(999)).toBe(
      'user:default/alice has the user ID 999; the profile allows 1000 and higher',
    );
    expect(of(1000)).toBeUndefined();
    expect(of()).toBe(
      'user:default/alice has no annotation uid in the catalog',
    );
    expect(refusalOf(TEAM, values, { ...NAMES, minimum })).toBeUndefined();
  });
});
