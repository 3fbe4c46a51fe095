import { parse } from 'yaml';
import { KubectlCluster } from './api/kubectl';
import { createExecKubeconfig, createKubeconfig } from './kubeconfig';

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

describe('createExecKubeconfig', () => {
  const prod: KubectlCluster = {
    name: 'prod01',
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    server: 'https://prod.example.com:6443',
    caData: 'Q0E=',
    via: 'direct',
    username: 'user:alice',
    namespace: 'cards',
    namespaces: ['cards', 'team-a'],
  };
  const options = {
    portal: 'https://portal.example.com',
    installPage: 'https://portal.example.com/berth/kubectl',
  };

  it('runs kubectl-berth, and contains no credential', () => {
    const config = parse(createExecKubeconfig([prod], options));
    expect(config.users).toEqual([
      {
        name: 'user:alice@prod01',
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'kubectl-berth',
            args: [
              'credential',
              '--portal=https://portal.example.com',
              '--cluster=prod01',
              '--cluster-id=01ARZ3NDEKTSV4RRFFQ69G5FAV',
            ],
            installHint:
              'kubectl-berth is missing. Install it: https://portal.example.com/berth/kubectl',
            interactiveMode: 'Never',
            provideClusterInfo: false,
          },
        },
      },
    ]);
    expect(config.contexts.map(({ name }: { name: string }) => name)).toEqual([
      'prod01',
      'prod01/cards',
      'prod01/team-a',
    ]);
  });

  it('passes the CA of the portal and the version of the protocol', () => {
    const { caData, ...viaPortal } = prod;
    const config = parse(
      createExecKubeconfig([{ ...viaPortal, namespaces: ['cards'] }], {
        ...options,
        execVersion: 'v1beta1',
        portalCaData: 'UE9SVEFM',
      }),
    );
    expect(config.users[0].user.exec).toMatchObject({
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      env: [{ name: 'KUBECTL_BERTH_CA_DATA', value: 'UE9SVEFM' }],
    });
    expect(config.clusters).toEqual([
      { name: 'prod01', cluster: { server: prod.server } },
    ]);
    expect(config.contexts).toHaveLength(1);
  });
});
