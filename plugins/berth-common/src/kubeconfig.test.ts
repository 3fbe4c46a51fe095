import { parse } from 'yaml';
import { createKubeconfig } from './kubeconfig';

const entry = {
  cluster: 'prod01',
  apiServer: 'https://prod01.example.com:6443',
  caData: 'Q0E=',
  username: 'user:alice',
  token: 'header.payload.signature',
  namespace: 'team-a',
};

describe('createKubeconfig', () => {
  it('writes cluster, user and context of an entry', () => {
    expect(parse(createKubeconfig([entry]))).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod01',
      clusters: [
        {
          name: 'prod01',
          cluster: {
            server: 'https://prod01.example.com:6443',
            'certificate-authority-data': 'Q0E=',
          },
        },
      ],
      users: [
        {
          name: 'user:alice@prod01',
          user: { token: 'header.payload.signature' },
        },
      ],
      contexts: [
        {
          name: 'prod01',
          context: {
            cluster: 'prod01',
            user: 'user:alice@prod01',
            namespace: 'team-a',
          },
        },
      ],
    });
  });

  it('keeps the tokens of several clusters apart and makes the first current', () => {
    const file = parse(
      createKubeconfig([
        entry,
        { ...entry, cluster: 'stage', token: 'other', namespace: undefined },
      ]),
    );
    expect(file['current-context']).toBe('prod01');
    expect(file.users.map((user: any) => user.user.token)).toEqual([
      entry.token,
      'other',
    ]);
    expect(file.contexts[1].context).toEqual({
      cluster: 'stage',
      user: 'user:alice@stage',
    });
  });

  it('writes a context for each of several namespaces', () => {
    const file = parse(
      createKubeconfig([{ ...entry, namespaces: ['team-a', 'shop'] }]),
    );
    expect(
      file.contexts.map(({ name, context }: any) => [name, context.namespace]),
    ).toEqual([
      ['prod01', 'team-a'],
      ['prod01/team-a', 'team-a'],
      ['prod01/shop', 'shop'],
    ]);
    expect(file.users).toHaveLength(1);
  });

  it('S20 keeps hostile values inside their fields', () => {
    const hostile = 'x"\n    token: stolen\n  - name: y: {a: b} # ';
    const file = parse(createKubeconfig([{ ...entry, namespace: hostile }]));
    expect(file.contexts[0].context.namespace).toBe(hostile);
    expect(file.users).toHaveLength(1);
  });
});
