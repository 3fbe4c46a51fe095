import { HELM_MASK } from '@berth/plugin-berth-common';
import { defaultChanges } from './defaultChanges';

describe('defaultChanges', () => {
  const before = {
    image: { tag: '1.0', pullPolicy: 'Always' },
    replicas: 1,
    old: { flag: true },
    password: 'planted-old',
    list: [1, 2],
  };

  it('lists what differs, with the values of the person first', () => {
    const after = {
      image: { tag: '2.0', pullPolicy: 'Always' },
      replicas: 2,
      list: [1],
      extra: {},
      password: 'planted-old',
    };
    const overrides = { image: { tag: '1.5' }, old: { flag: false } };
    expect(defaultChanges(before, after, overrides)).toEqual([
      {
        ...{ path: 'image.tag', change: 'Changed', yours: true },
        ...{ before: '"1.0"', after: '"2.0"' },
      },
      { path: 'old.flag', change: 'Removed', yours: true, before: 'true' },
      {
        ...{ path: 'replicas', change: 'Changed', yours: false },
        ...{ before: '1', after: '2' },
      },
      {
        ...{ path: 'list', change: 'Changed', yours: false },
        ...{ before: '[1,2]', after: '[1]' },
      },
      { path: 'extra', change: 'Added', yours: false, after: '{}' },
    ]);
  });

  it('lists a value that becomes a group by the values of the group', () => {
    expect(
      defaultChanges({ tls: false }, { tls: { enabled: false } }, {}),
    ).toEqual([
      { path: 'tls.enabled', change: 'Added', yours: false, after: 'false' },
    ]);
  });

  it('H17 hides secrets, and says nothing about values that are the same', () => {
    const changes = defaultChanges(
      before,
      { ...before, password: 'planted-new' },
      { password: 'planted-mine' },
    );
    expect(changes).toEqual([
      {
        ...{ path: 'password', change: 'Changed', yours: true },
        ...{ before: `"${HELM_MASK}"`, after: `"${HELM_MASK}"` },
      },
    ]);
    expect(defaultChanges(before, before, { replicas: 5 })).toEqual([]);
  });
});
