import { Config } from '@backstage/config';
import { DirectoryGroup } from '@berth/plugin-berth-common';
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

  /** Returns the hashes of groups for an entity. */
  write(holders: DirectoryGroup[]): string[] {
    const tags = holders.map(holder => tagOf(this.#secrets[0], holder));
    return [...new Set(tags)].sort();
  }

  /**
   * Returns all hashes of some groups that an entity can have, including those from before the secret was
   * changed.
   */
  matching(groups: DirectoryGroup[]): string[] {
    return this.#secrets.flatMap(secret =>
      groups.flatMap(({ group, uid }) => [
        tagOf(secret, { group }),
        ...(uid === undefined ? [] : [tagOf(secret, { group, uid })]),
      ]),
    );
  }
}

/** Returns the hash of a group in hex, because the catalog compares case-insensitively. */
function tagOf(secret: string, { group, uid = '' }: DirectoryGroup): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([PURPOSE, group, uid]))
    .digest('hex')
    .slice(0, LENGTH);
}
