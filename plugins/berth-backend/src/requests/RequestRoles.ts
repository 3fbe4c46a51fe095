import { NotAllowedError } from '@backstage/errors';
import { berthRequestDecidePermission } from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { readsEverything } from '../access/reach';
import { Authorizer } from '../access/permissions/Authorizer';
import { Person } from '../model/people';
import { Approvers } from './Approvers';
import { DeciderScope, Requester, RequestRecord, RequestStore } from './types';

/** The caller's role in a request. */
export interface RoleIn {
  requester: boolean;
  /** Nobody decides their own request. */
  decider: boolean;
  sees: boolean;
}

export interface RequestRolesOptions {
  approvers: Approvers;
  authorizer: Pick<Authorizer, 'require'>;
  requests: Pick<RequestStore, 'deciders'>;
}

const NOTHING: DeciderScope = { all: false, groups: [], ownerless: false };
const EVERYTHING: DeciderScope = { all: true, groups: [], ownerless: true };

/**
 * Decides who sees and who decides requests: who made them, who may decide them, admins and auditors see them; drafts,
 * only who made them.
 */
export class RequestRoles {
  readonly #options: RequestRolesOptions;

  constructor(options: RequestRolesOptions) {
    this.#options = options;
  }

  /** In one request. */
  async in(caller: Caller, request: RequestRecord): Promise<RoleIn> {
    const { decider } = request;
    const scope = await this.#scope(caller, decider ? [decider] : []);
    return roleIn(caller, request, scope);
  }

  /** What the caller decides of all requests. */
  async scope(caller: Caller): Promise<DeciderScope> {
    return this.#scope(caller, await this.#options.requests.deciders());
  }

  async #scope(caller: Caller, groups: string[]): Promise<DeciderScope> {
    const { approvers, authorizer } = this.#options;
    try {
      await authorizer.require(
        caller.credentials,
        berthRequestDecidePermission,
      );
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return NOTHING;
      }
      throw error;
    }
    return approvers.scope(caller.person, groups);
  }
}

/** The requests of others that the caller may see. */
export function visibleScope(
  { person }: Caller,
  scope: DeciderScope,
): DeciderScope {
  return readsEverything(person) ? EVERYTHING : scope;
}

export function roleIn(
  caller: Caller,
  request: RequestRecord,
  scope: DeciderScope,
): RoleIn {
  const sameName = request.requester === caller.person.userRef;
  const requester =
    sameName &&
    // What was made before the uid of its requester was kept is any user's of that name.
    [undefined, caller.person.uid].includes(request.requesterUid);
  const draft = request.state === 'Draft';
  const within = includes(scope, request) && !draft;
  return {
    requester,
    // Not by uid: a user who was created again may be the same person.
    decider: within && !sameName,
    sees:
      requester ||
      within ||
      (!draft && includes(visibleScope(caller, scope), request)),
  };
}

/** A person as the maker of requests. */
export function requesterOf({ userRef, uid }: Person): Requester {
  return { userRef, ...(uid !== undefined && { uid }) };
}

function includes(
  { all, groups, ownerless }: DeciderScope,
  { decider }: RequestRecord,
): boolean {
  return all || (decider === undefined ? ownerless : groups.includes(decider));
}
