import { personIn } from '../access/__testUtils__/people';
import { Person } from '../model/people';
import { presentCluster } from './presentCluster';
import { ClusterRecord, ShareRecord } from '../model/clusters';

const record: ClusterRecord = {
  id: '01J',
  name: 'prod01',
  apiServer: 'https://k8s.example.com',
  caPem: 'PEM',
  connection: 'oidc',
  kubectlVia: 'direct',
  usernamePrefix: '',
  groupsPrefix: '',
  owner: 'api',
  revision: 1,
  status: { state: 'Pending' },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
};

function share(group: string, clusterId = '01J'): ShareRecord {
  return {
    clusterId,
    group: `group:default/${group}`,
    kubernetesName: `${group}-on-clusters`,
    namespace: `home-of-${group}`,
    state: 'Ready',
    since: '2026-01-01T00:00:00.000Z',
  };
}

const shares = [share('team-a'), share('team-b'), share('team-a', 'other')];

describe('presentCluster', () => {
  it('shows the fields of the API and nothing else', () => {
    expect(presentCluster(record, [shares[0]], personIn(['team-a']))).toEqual({
      id: '01J',
      name: 'prod01',
      apiServer: 'https://k8s.example.com',
      caData: 'UEVN',
      connection: 'oidc',
      kubectlVia: 'direct',
      usernamePrefix: '',
      groupsPrefix: '',
      owner: 'api',
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
      status: { state: 'Pending' },
      shares: [
        {
          group: 'group:default/team-a',
          kubernetesName: 'team-a-on-clusters',
          namespace: 'home-of-team-a',
          state: 'Ready',
          since: '2026-01-01T00:00:00.000Z',
        },
      ],
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each<[string, Person, string[]]>([
    ['an admin', personIn([], true), ['team-a', 'team-b']],
    ['a member', personIn(['team-b', 'team-c']), ['team-b']],
    ['a stranger', personIn(['team-c']), []],
  ])('shows %s their shares of this cluster', (_, who, groups) => {
    expect(
      presentCluster(record, shares, who).shares.map(({ group }) => group),
    ).toEqual(groups.map(group => `group:default/${group}`));
  });

  it('S26 shows the state of a stored credential to admins, and the credential to no one', () => {
    const credential = {
      clusterId: '01J',
      strategy: 'serviceAccount',
      expiresAt: '2999-01-01T00:00:00.000Z',
    };
    const show = (who: Person) =>
      presentCluster(record, [], who, credential).credential;
    expect(show(personIn([], true))).toEqual({
      state: 'Valid',
      expiresAt: '2999-01-01T00:00:00.000Z',
    });
    expect(show(personIn(['team-a']))).toBeUndefined();
  });
});
