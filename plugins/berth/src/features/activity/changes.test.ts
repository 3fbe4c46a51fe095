import { anEntry } from '../../__testUtils__';
import { groupChanges, ownersOf, requestOf } from './changes';

describe('groupChanges', () => {
  it('pairs the current with the former roles of groups', () => {
    expect(
      groupChanges(
        anEntry({
          event: 'namespace-grant',
          meta: {
            added: [
              'group:default/payments edit',
              'group:default/team-b view until 2027-01-31T18:00:00.000Z',
            ],
            removed: [
              'group:default/ledger edit',
              'group:default/team-b admin',
            ],
          },
        }),
      ),
    ).toEqual({
      gained: [{ group: 'group:default/payments', now: 'edit' }],
      lost: [{ group: 'group:default/ledger', before: 'edit' }],
      changed: [
        {
          group: 'group:default/team-b',
          now: 'view',
          before: 'admin',
          until: '2027-01-31T18:00:00.000Z',
        },
      ],
    });
  });

  it('reads shares, which have no role', () => {
    const { gained, lost } = groupChanges(
      anEntry({
        meta: { added: ['group:default/a'], removed: ['group:default/b'] },
      }),
    );
    expect(gained).toEqual([{ group: 'group:default/a' }]);
    expect(lost).toEqual([{ group: 'group:default/b', before: undefined }]);
  });

  it.each([undefined, {}, { added: 7, removed: ['x', 7, null] }])(
    'reads nothing from %j',
    meta => {
      expect(groupChanges(anEntry({ meta }))).toEqual({
        gained: [],
        lost: [],
        changed: [],
      });
    },
  );
});

describe('ownersOf', () => {
  const from = 'user:default/ada';
  const to = 'group:default/team-b';

  it.each([
    ['namespace-transfer', { from, to }, { from, to }],
    ['namespace-transfer', { from: null, to }, { to }],
    ['namespace-transfer', { from }, undefined],
    ['personal-namespace-create', { owner: from }, { to: from }],
    ['personal-namespace-create', {}, undefined],
    ['namespace-update', { owner: from, to }, undefined],
  ])('reads the owners of %s with %j', (event, meta, owners) => {
    expect(ownersOf(anEntry({ event, meta }))).toEqual(owners);
  });
});

describe('requestOf', () => {
  it('reads the request and its state', () => {
    expect(
      requestOf(anEntry({ meta: { request: 'R1', state: 'Denied' } })),
    ).toEqual({
      id: 'R1',
      state: 'Denied',
    });
    expect(requestOf(anEntry({ meta: { request: 7 } }))).toBeUndefined();
    expect(requestOf(anEntry())).toBeUndefined();
  });
});
