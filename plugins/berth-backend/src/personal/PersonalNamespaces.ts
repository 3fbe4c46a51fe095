import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { SizeClass } from '@berth/plugin-berth-common';
import { VisibleCluster } from '../access/ClusterAccess';
import { entitlementsOf } from '../access/entitlementsOf';
import { ClusterChanges, ClusterRecord } from '../model/clusters';
import { NamespaceNameRules } from '../model/namespaceNames';
import { Person } from '../model/people';
import {
  NamespaceRecord,
  PersonalNamespaceRecord,
  Tenancy,
} from '../model/tenancy';
import { atField } from '../text/fieldProblems';
import { checkQuota } from '../validation/parseBounds';
import { personalName } from './personalName';
import { PersonalRule } from './settings';

export interface PersonalNamespacesOptions {
  changes: Pick<ClusterChanges, 'changed'>;
  names: NamespaceNameRules;
  rules: PersonalRule[];
  sizeClasses: SizeClass[];
  tenancy: Tenancy;
}

/** The personal namespace of a person on a cluster, or why there is none. */
export type PersonalState =
  | { state: 'present'; name: string }
  | { state: 'absent'; name: string }
  | { state: 'needsName' | 'refused'; problem: string };

/** A person who may have a personal namespace on a cluster. */
interface Entitled {
  rule: PersonalRule;
  userUid: string;
}

/** Decides who may have a personal namespace, and creates it when the person asks for it. */
export class PersonalNamespaces {
  readonly #options: PersonalNamespacesOptions;

  constructor(options: PersonalNamespacesOptions) {
    this.#options = options;
  }

  /** @returns undefined if the cluster has no personal namespaces for the person */
  async stateOf(
    person: Person,
    visible: VisibleCluster,
  ): Promise<PersonalState | undefined> {
    const { cluster } = visible;
    const rule = this.#ruleFor(person, visible);
    if (!rule) {
      return undefined;
    }
    const problem = refusalOf(person, cluster);
    if (problem !== undefined) {
      return { state: 'refused', problem };
    }
    const existing = await this.#existing(person, cluster);
    if (existing) {
      const isThere = !(await this.#isGone(existing));
      return { state: isThere ? 'present' : 'absent', name: existing.name };
    }
    const named = personalName(
      person.userRef,
      rule.name,
      cluster.namespacePrefix,
    );
    if ('problem' in named) {
      return { state: 'needsName', ...named };
    }
    const key = { clusterId: cluster.id, name: named.name };
    return (await this.#options.tenancy.namespaces.get(key))
      ? {
          state: 'needsName',
          problem: `There is another namespace ${named.name} on ${cluster.name}. Ask a platform admin to choose a name`,
        }
      : { state: 'absent', ...named };
  }

  /**
   * Creates the namespace of a person, unless the person has one.
   *
   * @param given - a name that an admin chose
   * @param by - entity ref of the person who asked
   * @param field - the field of the request that named the person, if one did
   * @throws NotFoundError, NotAllowedError, InputError or ConflictError, with the reason
   */
  async make(
    person: Person,
    visible: VisibleCluster,
    { given, by, field }: { given?: string; by: string; field?: string },
  ): Promise<{ name: string; created: boolean }> {
    const { cluster } = visible;
    const { rule, userUid } = this.entitle(person, visible, field);
    const known = await this.#existing(person, cluster);
    if (known) {
      return this.#again(known, given);
    }
    let name: string;
    try {
      name = await this.#nameFor(person, cluster, rule, given);
      await this.#create(
        { clusterId: cluster.id, name, user: person.userRef, userUid, by },
        rule,
      );
    } catch (error) {
      // Another call for the same person may have been first.
      const winner =
        isError(error) && error.name === 'ConflictError'
          ? await this.#existing(person, cluster)
          : undefined;
      if (!winner) {
        throw error;
      }
      return { name: winner.name, created: false };
    }
    this.#options.changes.changed(cluster.id);
    return { name, created: true };
  }

  /**
   * Returns the rule for a person on a cluster.
   *
   * @param field - the field of the request that named the person, if one did
   * @throws ConflictError about the field, or NotFoundError or NotAllowedError if no field named the person
   */
  entitle(person: Person, visible: VisibleCluster, field?: string): Entitled {
    const rule = this.#ruleFor(person, visible);
    if (!rule) {
      const problem = `${visible.cluster.name} has no personal namespaces for ${person.userRef}: berth.personalNamespaces has no item for the person and this cluster, or the cluster is not shared with a group of the person`;
      throw field === undefined
        ? new NotFoundError(problem)
        : refusedAt(field, person, problem);
    }
    const refusal = refusalOf(person, visible.cluster);
    if (refusal !== undefined || person.uid === undefined) {
      throw field === undefined
        ? new NotAllowedError(refusal)
        : refusedAt(field, person, refusal);
    }
    return { rule, userUid: person.uid };
  }

  /** @throws ConflictError if the name of a namespace is kept for another group than its new owner */
  async assertMayOwn(
    {
      cluster,
      namespace: { name, origin },
    }: {
      cluster: Pick<ClusterRecord, 'namespacePrefix'>;
      namespace: Pick<NamespaceRecord, 'name' | 'origin'>;
    },
    owner: string,
  ): Promise<void> {
    // The store refuses to transfer home namespaces, for another reason.
    if (origin !== 'share') {
      await this.#options.names.assertMayOwn(cluster, name, owner);
    }
  }

  #ruleFor(
    person: Person,
    { cluster, shares }: VisibleCluster,
  ): PersonalRule | undefined {
    // Without a share, the person gets no token for the cluster.
    const hasToken = person.admin || entitlementsOf(person, shares).length > 0;
    return hasToken
      ? this.#options.rules.find(
          ({ clusters, groups }) =>
            (!clusters || clusters.includes(cluster.name)) &&
            (!groups || groups.some(group => person.groups.includes(group))),
        )
      : undefined;
  }

  async #existing(
    { userRef, uid }: Person,
    { id: clusterId }: ClusterRecord,
  ): Promise<PersonalNamespaceRecord | undefined> {
    const { personal } = this.#options.tenancy;
    const own = await personal.list({ clusterId, user: userRef });
    return own.find(({ userUid }) => userUid === uid);
  }

  /** Returns whether a namespace that existed was deleted on its cluster. */
  async #isGone(existing: PersonalNamespaceRecord): Promise<boolean> {
    const found = await this.#options.tenancy.namespaces.get(existing);
    return existing.made && found?.phase === 'Pending';
  }

  async #again(
    existing: PersonalNamespaceRecord,
    given: string | undefined,
  ): Promise<{ name: string; created: boolean }> {
    const { changes, tenancy } = this.#options;
    const { name, user } = existing;
    if (given !== undefined && given !== name) {
      throw atField(
        new ConflictError(
          `name "${given}" is refused: ${user} has the personal namespace ${name} on this cluster already`,
        ),
        'name',
      );
    }
    const namespace = await tenancy.namespaces.get(existing);
    if (!namespace || namespace.deletingSince !== undefined) {
      throw new ConflictError(
        `The personal namespace ${name} is being deleted; wait until it is gone`,
      );
    }
    const created = await this.#isGone(existing);
    if (created) {
      await tenancy.personal.createAgain(existing);
      changes.changed(existing.clusterId);
    }
    return { name, created };
  }

  async #nameFor(
    person: Person,
    cluster: ClusterRecord,
    rule: PersonalRule,
    given: string | undefined,
  ): Promise<string> {
    const { names } = this.#options;
    const { userRef: owner } = person;
    const named =
      given === undefined
        ? personalName(owner, rule.name, cluster.namespacePrefix)
        : { name: names.nameFor({ cluster, name: given }) };
    if ('problem' in named) {
      throw atField(
        new InputError(`name is missing: ${named.problem}`),
        'name',
      );
    }
    try {
      await names.assertFree({ cluster, name: named.name, owner });
    } catch (error) {
      // The person cannot choose a name, also for a namespace that is there from a former registration of the cluster.
      throw given === undefined &&
        isError(error) &&
        error.name === 'ConflictError'
        ? atField(
            new ConflictError(
              `${error.message}. Ask a platform admin to choose a name for your namespace, or to delete the other one if nobody needs its content`,
            ),
            'name',
          )
        : error;
    }
    return named.name;
  }

  async #create(
    {
      user,
      userUid,
      by,
      ...key
    }: Pick<NamespaceRecord, 'clusterId' | 'name'> & {
      user: string;
      userUid: string;
      by: string;
    },
    { role, sizeClass }: PersonalRule,
  ): Promise<void> {
    const { sizeClasses, tenancy } = this.#options;
    const bounds =
      sizeClass !== undefined
        ? checkQuota({ sizeClass }, sizeClasses, 'quota.hard')
        : undefined;
    await tenancy.transaction(async inside => {
      await inside.namespaces.create({
        ...key,
        owner: user,
        origin: 'personal',
        createdBy: by,
      });
      await inside.personal.add({ ...key, user, userUid, role });
      if (bounds) {
        await inside.quotas.set(key, bounds);
      }
    });
  }
}

function refusedAt(
  field: string,
  { userRef }: Person,
  reason: string | undefined,
): ConflictError {
  return atField(
    new ConflictError(`${field} "${userRef}" is refused: ${reason}`),
    field,
  );
}

function refusalOf(person: Person, cluster: ClusterRecord): string | undefined {
  if (person.uid === undefined) {
    return `The catalog has no UID of ${person.userRef}, which distinguishes a person from a later one of the same name`;
  }
  return cluster.connection === 'serviceAccount'
    ? `${cluster.name} does not accept the portal's tokens, because the portal connects to it with a service account`
    : undefined;
}
