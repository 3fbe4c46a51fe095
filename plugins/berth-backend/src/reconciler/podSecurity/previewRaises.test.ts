import { ConfigReader } from '@backstage/config';
import { desired, ownLabels } from '../desired';
import { keyText, namespaceKey } from '../keys';
import { CLUSTER, NO_TENANTS } from '../__testUtils__/fakes';
import { readProfiles } from '../profiles/readProfiles';
import { previewRaises } from './previewRaises';

const KEY = namespaceKey('team-a');
const [PROFILE] = readProfiles(
  new ConfigReader({
    berth: {
      profiles: [{ name: 'p', podSecurity: { enforce: 'restricted' } }],
    },
  }),
);
const WANTED = desired(
  CLUSTER,
  [
    {
      group: 'group:default/team-a',
      kubernetesName: 'team-a',
      namespace: 'team-a',
    },
  ],
  { ...NO_TENANTS, profiles: { group: PROFILE } },
);

describe('previewRaises', () => {
  it.each([
    ['lists', 'that nobody has access to', {}, ['team-a']],
    [
      'does not list',
      'that Berth created and nobody can have used',
      { 'berth.dev/profile-fields': 'pending' },
      [],
    ],
  ] as [string, string, Record<string, string>, string[]][])(
    'P2 %s a namespace %s',
    async (_, __, annotations, listed) => {
      const namespace = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'team-a',
          uid: 'u',
          labels: ownLabels(CLUSTER.id),
          annotations,
        },
      };
      const { waits } = await previewRaises({
        clusterId: CLUSTER.id,
        wanted: WANTED,
        observed: { objects: new Map([[keyText(KEY), namespace]]) },
        inventory: [{ ...KEY, uid: 'u' }],
        client: { dryRunApply: async () => ['web-0: bad'] },
        signal: new AbortController().signal,
      });
      expect(waits.map(one => one.namespace)).toEqual(listed);
    },
  );
});
