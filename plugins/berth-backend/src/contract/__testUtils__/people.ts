import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';

export const TEAM_A = 'group:default/team-a';
export const TEAM_B = 'group:default/team-b';
export const TEAM_C = 'group:default/team-c';
/** So many people that taking a cluster from all of them at once needs a confirmation. */
export const CROWD = Array.from(
  { length: 14 },
  (_, index) => `group:default/crowd-${index}`,
);

const user = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);

const service = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'berth',
  });

/** The `Authorization` header of each caller. */
export const CALLERS = {
  none: mockCredentials.none.header(),
  service: service('plugin:scaffolder'),
  /** A person in no group. */
  stranger: user('stranger'),
  /** A member of team-a. */
  member: user('member'),
  /** Approves the requests of team-a without being a member. */
  owner: user('owner'),
  auditor: user('auditor'),
  /** A platform admin who may only see clusters and namespaces, by the permission policy. */
  restricted: user('restricted'),
  admin: user('admin'),
  /** A member of team-b. */
  neighbor: user('neighbor'),
  /** A user who is not in the catalog. */
  ghost: user('ghost'),
  catalog: service('plugin:catalog'),
  search: service('plugin:search'),
};

export type CallerName = keyof typeof CALLERS;

/** The callers of each route. The admin, whose calls succeed, is the last one. */
export const EVERYONE: CallerName[] = [
  'none',
  'service',
  'stranger',
  'member',
  'owner',
  'auditor',
  'restricted',
  'admin',
];

function entity(
  kind: string,
  name: string,
  memberOf: string[] = [],
  more: Partial<Entity['metadata']> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, uid: `uid-of-${name}`, ...more },
    relations: memberOf.map(group => ({
      type: kind === 'User' ? 'memberOf' : 'childOf',
      targetRef: `group:default/${group}`,
    })),
  };
}

/** Returns the entities of the catalog, which has each membership in both directions. */
export function catalogEntities(): Entity[] {
  const entities = [
    entity('User', 'admin', ['platform']),
    entity('User', 'restricted', ['platform']),
    entity('User', 'auditor', ['audit']),
    entity('User', 'member', ['team-a']),
    entity('User', 'owner'),
    entity('User', 'neighbor', ['team-b']),
    entity('User', 'stranger'),
    entity('Group', 'platform'),
    entity('Group', 'audit'),
    entity('Group', 'team-a', ['department'], {
      annotations: { 'berth.dev/approvers': 'user:default/owner' },
    }),
    entity('Group', 'team-b'),
    entity('Group', 'team-c'),
    entity('Group', 'department'),
    ...CROWD.map(ref => entity('Group', ref.replace('group:default/', ''))),
    entity('System', 'sales'),
  ];
  return entities.map(item => ({
    ...item,
    relations: [
      ...(item.relations ?? []),
      ...entities
        .filter(({ relations = [] }) =>
          relations.some(
            ({ type, targetRef }) =>
              type === 'memberOf' && targetRef === stringifyEntityRef(item),
          ),
        )
        .map(member => ({
          type: 'hasMember',
          targetRef: stringifyEntityRef(member),
        })),
    ],
  }));
}
