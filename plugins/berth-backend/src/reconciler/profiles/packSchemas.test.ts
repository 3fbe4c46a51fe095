import { ConfigReader } from '@backstage/config';
import { readProfiles } from './readProfiles';

const read = (profile: object) =>
  readProfiles(
    new ConfigReader({
      berth: { profiles: [{ name: 'one', ...profile }] },
    } as never),
  );

const UID = 'ldap.example.com/uid';
const GID = 'ldap.example.com/gid';
const ID_RULE = 'must be a whole number from 1 to 2147483647';

describe('identity, placement and storageClass of a profile', () => {
  it('are read', () => {
    const placement = {
      nodeSelector: { pool: 'gpu' },
      tolerations: [
        { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'team', value: 'a', effect: 'NoExecute' },
      ],
      enforce: true,
    };
    expect(
      read({
        identity: { uid: UID, gid: GID },
        placement,
        storageClass: { replace: 'standard' },
      }),
    ).toEqual([
      {
        name: 'one',
        networkPolicies: [],
        identity: { uid: UID, gid: GID, minimum: 1000 },
        placement,
        storageClass: { replace: 'standard' },
      },
    ]);
    expect(read({ placement: { from: 'cluster' } })[0].placement).toEqual({
      from: 'cluster',
      enforce: false,
    });
  });

  it.each([
    [{ identity: { uid: UID } }, 'berth.profiles[0].identity.gid is missing'],
    [
      { identity: { uid: GID, gid: GID, groups: 'x' } },
      'berth.profiles[0].identity must name different annotations in "uid", "gid" and "groups"',
    ],
    [
      { identity: { uid: 'a b', gid: GID } },
      'berth.profiles[0].identity.uid "a b" must be a Kubernetes key',
    ],
    [
      { identity: { uid: UID, gid: GID, minimum: 0 } },
      `berth.profiles[0].identity.minimum 0 ${ID_RULE}`,
    ],
    [
      { identity: { uid: UID, gid: GID, minimum: '1000' } },
      `berth.profiles[0].identity.minimum "1000" ${ID_RULE}`,
    ],
    [
      { placement: { enforce: true } },
      'berth.profiles[0].placement must contain either "from", or "nodeSelector", "tolerations" or both',
    ],
    [
      { placement: { from: 'cluster', nodeSelector: {} } },
      'berth.profiles[0].placement must contain either "from", or "nodeSelector", "tolerations" or both',
    ],
    [
      { placement: { from: 'node' } },
      'berth.profiles[0].placement.from "node" must be "cluster"',
    ],
    [
      { placement: { nodeSelector: { pool: 'a,b' } } },
      'berth.profiles[0].placement.nodeSelector.pool "a,b" must be a label value',
    ],
    [
      { placement: { tolerations: [{ operator: 'Exists' }] } },
      'berth.profiles[0].placement.tolerations[0] must hold a "key" and an "effect"',
    ],
    [
      {
        placement: {
          tolerations: [
            { key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 1 },
          ],
        },
      },
      'berth.profiles[0].placement.tolerations[0] must hold no "tolerationSeconds"',
    ],
    [
      { storageClass: { replace: 'fast', by: 'fast' } },
      'berth.profiles[0].storageClass must hold two different names in "replace" and "by"',
    ],
    [
      { storageClass: { replace: 'Fast' } },
      'berth.profiles[0].storageClass.replace "Fast" must be',
    ],
  ])('refuses %j', (profile, problem) => {
    expect(() => read(profile)).toThrow(problem);
  });
});
