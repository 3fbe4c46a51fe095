import { Config } from '@backstage/config';
import { DirectoryGroup, DirectoryHolder } from '@berth/plugin-berth-common';
import { createHmac } from 'node:crypto';

const SETTING = 'berth.keys.encryptionSecret';
const PURPOSE = 'berth catalog visibility';
const LENGTH = 32;

/**
 * The groups with access to a cluster or namespace, as text that only this portal's backend can interpret.
 *
 * An entity contains the groups that can see it, and all their members can read the entity; but they must not learn
 * about the other groups. So an entity contains keyed hashes of the groups. The catalog can search for a hash, and
 * nobody can reverse it.
 */
export class GroupTags {
  readonly #secrets: string[];

  /** @returns undefined without `berth.keys.encryptionSecret` */
  static fromConfig(config: Config): GroupTags | undefined {
    const value = config.getOptional(SETTING);
    const secrets =
      typeof value === 'string'
        ? [value]
        : config.getOptionalStringArray(SETTING) ?? [];
    return secrets.length > 0 ? new GroupTags(secrets) : undefined;
  }

  private constructor(secrets: string[]) {
    this.#secrets = secrets;
  }

  /** Returns the hashes of groups, and of people in groups, for an entity. */
  write(holders: DirectoryHolder[]): string[] {
    const [secret] = this.#secrets;
    const tags = holders.flatMap(({ asMemberOf, ...holder }) =>
      asMemberOf
        ? asMemberOf.map(group => tagOf(secret, holder, group))
        : [tagOf(secret, holder)],
    );
    return [...new Set(tags)].sort();
  }

  /**
   * Returns all hashes of a person's groups that an entity can have, including those from before the secret was
   * changed.
   *
   * @param memberships - the groups, and the person, who counts only together with a group
   */
  matching(memberships: DirectoryGroup[]): string[] {
    const people = memberships.filter(isPerson);
    const groups = memberships
      .filter(one => !isPerson(one))
      .flatMap(({ group, uid }) => [
        { group },
        ...(uid === undefined ? [] : [{ group, uid }]),
      ]);
    return this.#secrets.flatMap(secret => [
      ...groups.map(group => tagOf(secret, group)),
      ...people.flatMap(person =>
        groups.map(group => tagOf(secret, person, group)),
      ),
    ]);
  }
}

function isPerson({ group }: DirectoryGroup): boolean {
  return group.startsWith('user:');
}

/** Returns the hash of a group, or of a person in a group, in hex, because the catalog compares case-insensitively. */
function tagOf(
  secret: string,
  { group, uid = '' }: DirectoryGroup,
  within?: DirectoryGroup,
): string {
  return createHmac('sha256', secret)
    .update(
      JSON.stringify([
        PURPOSE,
        group,
        uid,
        ...(within ? [within.group, within.uid ?? ''] : []),
      ]),
    )
    .digest('hex')
    .slice(0, LENGTH);
}
