import { Caller } from '../../access/Callers';
import { OperationViews } from './OperationViews';

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('OperationViews', () => {
  const find = (person: string, role?: string, own = false) => {
    const operation = {
      ...{ person: 'user:default/alice', personUid: 'alice' },
      ...{ cluster: 'prod', clusterId: 'id', namespace: 'shop' },
    };
    const cluster = { id: 'id', name: 'prod' };
    const grants = role ? [{ role, shared: true }] : [];
    const namespace = { name: 'shop' };
    return new OperationViews({
      access: { list: async () => [{ cluster }] },
      namespaceAccess: {
        get: async () => ({ grants, own }),
        list: async () => ({
          items: role || own ? [{ cluster, namespace, grants, own }] : [],
        }),
      },
      store: { get: async () => operation },
    } as never).find(
      {
        person: { userRef: `user:default/${person}`, uid: person },
      } as Caller,
      ID,
    );
  };

  it.each([
    ['the person who started it', 'alice', 'edit', true, true],
    [
      'the person who started it, with the role view',
      'alice',
      'view',
      true,
      false,
    ],
    [
      'the person who started it, without a role',
      'alice',
      undefined,
      true,
      false,
    ],
    ['another editor', 'bob', 'edit', true, false],
    ['a viewer', 'carol', 'view', false, false],
  ] as const)(
    'H17 shows the output of helm to %s or not',
    async (_, person, role, detailed, output) => {
      expect(await find(person, role)).toMatchObject({ detailed, output });
    },
  );

  it('H17 shows the output of helm to the owner of a personal namespace', async () => {
    expect(await find('alice', undefined, true)).toMatchObject({
      detailed: true,
      output: true,
    });
  });

  it('does not tell that an operation exists', async () => {
    await expect(find('dan')).rejects.toThrow('There is no such operation');
  });
});
