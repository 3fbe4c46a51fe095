import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { Person } from '../model/people';
import { isSameGroup } from '../model/groupIdentity';
import { GrantStore } from '../model/tenancy';
import { ApproverKind, DeciderScope } from './types';

/** Of a Group: entity refs of the users and groups who decide for it, separated by commas. */
export const APPROVERS_ANNOTATION = 'berth.dev/approvers';

const BATCH = 100;
const MAX_GROUPS = 10_000;
/** As long as a person's groups are remembered. */
const REMEMBER_MS = 5_000;

export interface ApproversOptions {
  auth: AuthService;
  catalog: CatalogService;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  grants: Pick<GrantStore, 'holders'>;
  kinds: ApproverKind[];
}

/**
 * Finds who decides requests: the owners of the group that a request touches, and platform admins. Admins decide
 * about what nobody owns, whatever `berth.requests.approvers` lists.
 */
export class Approvers {
  readonly #options: ApproversOptions;
  readonly #owners = new LRUCache<string, string[]>({
    max: MAX_GROUPS,
    ttl: REMEMBER_MS,
  });

  constructor(options: ApproversOptions) {
    this.#options = options;
  }

  /** Entity refs of the persons and groups who decide for a group. */
  async of(group: string | undefined): Promise<string[]> {
    const owners = group === undefined ? [] : await this.#ownersOf(group);
    return [...new Set([...owners, ...this.#adminsBeside(owners)])];
  }

  /** The approvers that a requester sees who must not learn which group the request touches. */
  ofUnseen(): string[] {
    const { adminGroups, kinds } = this.#options;
    return kinds.includes('admins') ? [...adminGroups] : [];
  }

  /** Which requests a person decides, of those whose deciders are the owners of some groups. */
  async scope(person: Person, groups: string[]): Promise<DeciderScope> {
    const everything = person.admin && this.#options.kinds.includes('admins');
    if (everything) {
      return { all: true, groups: [], ownerless: true };
    }
    const owners = await this.#owned(groups);
    const isOne = (refs: string[]) =>
      refs.some(ref => ref === person.userRef || person.groups.includes(ref));
    return {
      all: false,
      groups: groups.filter(group => {
        const refs = owners.get(group) ?? [];
        return refs.length > 0 ? isOne(refs) : person.admin;
      }),
      ownerless: person.admin,
    };
  }

  #adminsBeside(owners: string[]): string[] {
    const { adminGroups, kinds } = this.#options;
    return kinds.includes('admins') || owners.length === 0
      ? [...adminGroups]
      : [];
  }

  async #ownersOf(group: string): Promise<string[]> {
    return (await this.#owned([group])).get(group) ?? [];
  }

  async #owned(groups: string[]): Promise<Map<string, string[]>> {
    if (!this.#options.kinds.includes('owners')) {
      return new Map();
    }
    const owners = new Map<string, string[]>();
    const missing = groups.filter(group => {
      const known = this.#owners.get(group);
      if (known) {
        owners.set(group, known);
      }
      return !known;
    });
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      for (const [group, refs] of await this.#ask(batch)) {
        owners.set(group, refs);
        this.#owners.set(group, refs);
      }
    }
    return owners;
  }

  /** The owners of a group that was made again do not decide what the former one has. */
  async #ask(groups: string[]): Promise<[string, string[]][]> {
    const { auth, catalog, grants } = this.#options;
    const holders = await grants.holders(groups);
    const uidOf = new Map(holders.map(it => [it.group, it.groupUid]));
    let items: (Entity | undefined)[];
    try {
      ({ items } = await catalog.getEntitiesByRefs(
        {
          entityRefs: groups,
          fields: ['kind', 'metadata', 'spec.owner', 'relations'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      ));
    } catch (error) {
      throw new ServiceUnavailableError(
        'The catalog did not answer who owns groups; try again',
        error,
      );
    }
    return groups.map((group, index) => {
      const entity = items[index];
      return [
        group,
        entity?.kind === 'Group' &&
        isSameGroup(uidOf.get(group), entity.metadata.uid)
          ? ownersIn(entity)
          : [],
      ];
    });
  }
}

/** Entity refs of the users and groups who own a Group; invalid entries are skipped. */
export function ownersIn(group: Entity): string[] {
  const annotation = group.metadata.annotations?.[APPROVERS_ANNOTATION];
  const owner = group.spec?.owner;
  const typed =
    annotation !== undefined
      ? annotation.split(',')
      : [
          ...(typeof owner === 'string' ? [owner] : []),
          ...(group.relations ?? [])
            .filter(({ type }) => type === RELATION_OWNED_BY)
            .map(({ targetRef }) => targetRef),
        ];
  const namespace = group.metadata.namespace ?? 'default';
  const refs = typed.flatMap(text => {
    try {
      const ref = parseEntityRef(text.trim(), {
        defaultKind: 'group',
        defaultNamespace: namespace,
      });
      return ['user', 'group'].includes(ref.kind.toLowerCase())
        ? [stringifyEntityRef(ref)]
        : [];
    } catch {
      return [];
    }
  });
  return [...new Set(refs)];
}
