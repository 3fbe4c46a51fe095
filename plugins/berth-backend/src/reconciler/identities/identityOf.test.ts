import { identityOf } from './identityOf';

const ALICE = 'user:default/alice';
const since = '2026-11-30T10:00:00.000Z';
const profile = {
  name: 'one',
  networkPolicies: [],
  identity: { uid: 'u', gid: 'g', minimum: 1000 },
};
const used = (runAsUser: number) => ({
  entityUid: 'e1',
  values: { runAsUser, runAsGroup: 100, supplementalGroups: [] },
});
const held = (why: string, transient = false) => ({
  problem: {
    cause: 'IdentityUnknown',
    message: expect.stringContaining(why),
    transient,
  },
});

describe('identityOf', () => {
  it('has the IDs in use, also while other ones wait', () => {
    const identity = {
      owner: ALICE,
      used: used(1000),
      found: used(0),
      problem: 'x',
      since,
    };
    expect(identityOf(profile, ALICE, new Map([[ALICE, identity]]))).toEqual({
      values: used(1000).values,
    });
    expect(
      identityOf(profile, ALICE, new Map([[ALICE, identity]]), 'e1'),
    ).toEqual({ values: used(1000).values });
    expect(identityOf({ name: 'two', networkPolicies: [] }, ALICE)).toEqual({});
    expect(identityOf(undefined, ALICE)).toEqual({});
  });

  it('P13 prescribes a user only where the profile has one', () => {
    const groupsOnly = { ...profile, identity: { gid: 'g', minimum: 1000 } };
    const known = new Map([[ALICE, { owner: ALICE, used: used(5), since }]]);
    expect(identityOf(groupsOnly, ALICE, known)).toEqual({
      values: { runAsGroup: 100, supplementalGroups: [] },
    });
    const { runAsUser: _, ...values } = used(5).values;
    const without = { owner: ALICE, used: { entityUid: 'e1', values }, since };
    expect(identityOf(profile, ALICE, new Map([[ALICE, without]]))).toEqual(
      held('has no annotation u'),
    );
  });

  it('P12 P13 P21 lets nobody in without an owner or valid IDs', () => {
    const of = (identity: object) =>
      identityOf(
        profile,
        ALICE,
        new Map([[ALICE, { owner: ALICE, since, ...identity }]]),
      );
    expect(identityOf(profile, undefined)).toEqual(held('has no owner'));
    expect(identityOf(profile, ALICE)).toEqual(held('not read', true));
    expect(of({ problem: 'no annotation' })).toEqual(held('no annotation'));
    expect(
      identityOf(
        profile,
        ALICE,
        new Map([[ALICE, { owner: ALICE, since, used: used(1000) }]]),
        'e2',
      ),
    ).toEqual(held('was created again'));
    expect(of({ used: used(999) })).toEqual(held('the user ID 999'));
  });
});
