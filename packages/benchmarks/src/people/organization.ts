import { Entity } from '@backstage/catalog-model';

const TEAMS_OF_A_DEPARTMENT = 5;
const PEOPLE_OF_A_TEAM = 20;
/** The group above all others. */
const ALL = 'group:default/all';

/** People and the groups that they are in, as a catalog has them. */
export interface Organization {
  /** Entity refs. */
  people: string[];
  /** Entity refs of the groups with which each cluster is shared. */
  sharedWith: string[];
  entities: Entity[];
  /** The numbers of people and of groups that the catalog relates with a group above them. */
  related: { people: number; groups: number };
}

/**
 * Creates people who are each in two teams. Teams are in departments, departments in divisions, and all divisions
 * in one group, so that the catalog has four levels of groups above a person.
 */
export function makeOrganization(size: number): Organization {
  const teams = Math.ceil(size / PEOPLE_OF_A_TEAM);
  const departments = Math.ceil(teams / TEAMS_OF_A_DEPARTMENT);
  const names = Array.from({ length: size }, (_, index) => `person-${index}`);
  return {
    related: { people: size + 1, groups: 2 + departments + teams },
    people: names.map(name => `user:default/${name}`),
    sharedWith: [
      ALL,
      ...Array.from(
        { length: 10 },
        (_, n) => `group:default/team-${n % teams}`,
      ),
    ].filter((ref, index, refs) => refs.indexOf(ref) === index),
    entities: [
      group('all'),
      group('division-0', 'all'),
      group('division-1', 'all'),
      ...Array.from({ length: departments }, (_, n) =>
        group(`department-${n}`, `division-${n % 2}`),
      ),
      ...Array.from({ length: teams }, (_, n) =>
        group(`team-${n}`, `department-${n % departments}`),
      ),
      ...names.map((name, n) =>
        entity('User', name, {
          memberOf: [`team-${n % teams}`, `team-${(n * 7 + 1) % teams}`],
        }),
      ),
      entity('Group', 'platform', { type: 'team', children: [] }),
      entity('User', 'admin', { memberOf: ['platform'] }),
    ],
  };
}

function group(name: string, parent?: string): Entity {
  return entity('Group', name, {
    type: 'team',
    children: [],
    ...(parent && { parent }),
  });
}

function entity(kind: string, name: string, spec: Entity['spec']): Entity {
  const location = 'bench:organization';
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
      },
    },
    spec,
  };
}
