import { Caller } from '../access/Callers';
import { heldNamespaces } from './heldNamespaces';

const CALLER = { person: { userRef: 'user:default/alice' } } as Caller;

describe('heldNamespaces', () => {
  it('has the namespaces with a role of a shared group, and the personal ones', async () => {
    const item = (name: string, shared?: boolean, own?: boolean) => ({
      cluster: { name: 'prod' },
      namespace: { name },
      grants: shared === undefined ? [] : [{ role: 'edit', shared }],
      ...(own && { own }),
    });
    const list = async () => ({
      items: [
        item('shop', true),
        item('former', false),
        item('bob'),
        item('alice', undefined, true),
      ],
    });
    expect(await heldNamespaces({ list } as never, CALLER)).toEqual(
      new Map([['prod', ['alice', 'shop']]]),
    );
  });
});
