import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_OWNED_BY,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { berthRequestDecidePermission } from '@berth/plugin-berth-common';
import { LRUCache } from 'lru-cache';
import { Caller } from '../access/Callers';
import { Authorizer } from '../access/permissions/Authorizer';
import { readsEverything } from '../access/readsEverything';
import { Person } from '../model/people';
import { isSameGroup } from '../model/groupIdentity';
import { GrantStore } from '../model/tenancy';
import { DeciderScope, Requester, RequestRecord } from './model';
import { ApproverKind } from './settings';
import { RequestStore } from './store';

/** The annotation of a Group with the entity refs of the users and groups who decide for it, separated by commas. */
export const APPROVERS_ANNOTATION = 'berth.dev/approvers';

const BATCH = 100;
const MAX_GROUPS = 10_000;
const MAX_DEPTH = 20;
/** How long the owners of a group are cached. */
const REMEMBER_MS = 5_000;

const NOTHING: DeciderScope = { all: false, groups: [], ownerless: false };
const EVERYTHING: DeciderScope = { all: true, groups: [], ownerless: true };

/** The caller's role in a request. */
export interface RequestRole {
  requester: boolean;
  /** Whether the caller may decide. No one decides their own request. */
  decider: boolean;
  sees: boolean;
}

/** The people who decide a request. */
export interface Deciders {
  /** Entity refs. */
  approvers: string[];
  /** Whether only the requester could decide, so that no one may. */
  undecidable: boolean;
}

export interface ApproversOptions {
  auth: AuthService;
  authorizer: Pick<Authorizer, 'require'>;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  grants: Pick<GrantStore, 'groupIdentities'>;
  kinds: ApproverKind[];
  requests: Pick<RequestStore, 'deciders'>;
}

/**
 * Decides who sees and who decides requests. The owners of the group that a request touches decide it, and so do
 * platform admins; admins always decide about namespaces without an owner, regardless of `berth.requests.approvers`.
 * The requester, the people who may decide, admins and auditors see a request; only the requester sees a draft.
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

  /** Returns the entity refs of the users and groups who decide for a group. */
  async of(group: string | undefined): Promise<string[]> {
    const { adminGroups, kinds } = this.#options;
    const owners =
      group === undefined
        ? []
        : (await this.#ownersOf([group])).get(group) ?? [];
    const admins =
      kinds.includes('admins') || owners.length === 0 ? [...adminGroups] : [];
    return [...new Set([...owners, ...admins])];
  }

  /** Returns who decides a request that touches a group. */
  async decidersOf(
    group: string | undefined,
    requester: string,
  ): Promise<Deciders> {
    const approvers = await this.of(group);
    return {
      approvers,
      undecidable: !(await this.#includeOthers(approvers, requester)),
    };
  }

  /** Returns the approvers to show to a requester who must not learn which group the request touches. */
  ofUnseen(): string[] {
    const { adminGroups, kinds } = this.#options;
    return kinds.includes('admins') ? [...adminGroups] : [];
  }

  async roleIn(caller: Caller, request: RequestRecord): Promise<RequestRole> {
    const { decider } = request;
    return roleIn(
      caller,
      request,
      await this.scope(caller, decider === undefined ? [] : [decider]),
    );
  }

  /**
   * Returns which requests the caller decides.
   *
   * @param groups - limits the result to requests that touch these groups; by default, all groups with requests
   */
  async scope(caller: Caller, groups?: string[]): Promise<DeciderScope> {
    const { authorizer, kinds, requests } = this.#options;
    const { credentials, person } = caller;
    try {
      await authorizer.require(credentials, berthRequestDecidePermission);
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return NOTHING;
      }
      throw error;
    }
    if (person.admin && kinds.includes('admins')) {
      return EVERYTHING;
    }
    const touched = groups ?? (await requests.deciders());
    const owners = await this.#ownersOf(touched);
    const isOne = (refs: string[]) =>
      refs.some(ref => ref === person.userRef || person.groups.includes(ref));
    return {
      all: false,
      groups: touched.filter(group => {
        const refs = owners.get(group) ?? [];
        return refs.length > 0 ? isOne(refs) : person.admin;
      }),
      ownerless: person.admin,
    };
  }

  async #ownersOf(groups: string[]): Promise<Map<string, string[]>> {
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
      for (const [group, refs] of await this.#readOwners(batch)) {
        owners.set(group, refs);
        this.#owners.set(group, refs);
      }
    }
    return owners;
  }

  /** If a group was created again, its owners do not decide for the former group. */
  async #readOwners(groups: string[]): Promise<[string, string[]][]> {
    const holders = await this.#options.grants.groupIdentities(groups);
    const uidOf = new Map(holders.map(it => [it.group, it.groupUid]));
    let items: (Entity | undefined)[];
    try {
      items = await this.#entities(groups, ['metadata', 'spec.owner']);
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

  /**
   * Returns whether the approvers include a user other than the requester, because no one decides their own request.
   * Members of a child group are members of the group.
   *
   * @returns true also if the catalog does not answer
   */
  async #includeOthers(
    approvers: string[],
    requester: string,
  ): Promise<boolean> {
    const visited = new Set<string>();
    const isUser = (ref: string) => parseEntityRef(ref).kind === 'user';
    let level = approvers;
    try {
      for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
        if (level.some(ref => isUser(ref) && ref !== requester)) {
          return true;
        }
        const groups = level.filter(
          ref => parseEntityRef(ref).kind === 'group' && !visited.has(ref),
        );
        groups.forEach(ref => visited.add(ref));
        level = groups.length === 0 ? [] : await this.#membersOf(groups);
      }
    } catch {
      return true;
    }
    return false;
  }

  async #membersOf(groups: string[]): Promise<string[]> {
    const items = await this.#entities(groups);
    return items.flatMap(entity =>
      (entity?.relations ?? [])
        .filter(({ type }) =>
          [RELATION_HAS_MEMBER, RELATION_PARENT_OF].includes(type),
        )
        .map(({ targetRef }) => targetRef),
    );
  }

  async #entities(
    entityRefs: string[],
    fields: string[] = [],
  ): Promise<(Entity | undefined)[]> {
    const { auth, catalog } = this.#options;
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'relations', ...fields] },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items;
  }
}

/** Returns the entity refs of the users and groups who own a Group, without invalid entries. */
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

/** Returns the requests of others that the caller may see. */
export function visibleScope(
  { person }: Caller,
  scope: DeciderScope,
): DeciderScope {
  return readsEverything(person) ? EVERYTHING : scope;
}

/** Returns the caller's role in a request, given the requests that the caller decides. */
export function roleIn(
  caller: Caller,
  request: RequestRecord,
  scope: DeciderScope,
): RequestRole {
  const sameName = request.requester === caller.person.userRef;
  const requester =
    sameName &&
    // Requests from before the uid of the requester was stored belong to any user of that name.
    [undefined, caller.person.uid].includes(request.requesterUid);
  const draft = request.state === 'Draft';
  const within = includes(scope, request) && !draft;
  return {
    requester,
    // Compares names, not uids: a user who was created again may be the same person.
    decider: within && !sameName,
    sees:
      requester ||
      within ||
      (!draft && includes(visibleScope(caller, scope), request)),
  };
}

/** Converts a person to a requester. */
export function requesterOf({ userRef, uid }: Person): Requester {
  return { userRef, ...(uid !== undefined && { uid }) };
}

function includes(
  { all, groups, ownerless }: DeciderScope,
  { decider }: RequestRecord,
): boolean {
  return all || (decider === undefined ? ownerless : groups.includes(decider));
}
