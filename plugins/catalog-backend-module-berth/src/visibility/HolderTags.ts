import { Config } from '@backstage/config';
import { DirectoryGroup } from '@berth/plugin-berth-common';
import { createHmac } from 'node:crypto';

const SETTING = 'berth.keys.encryptionSecret';
const PURPOSE = 'berth catalog visibility';
const LENGTH = 32;

/**
 * Who holds a cluster or namespace, in words that only this portal's backend can read.
 *
 * An entity says who may see it, and everybody who may see it can read what it says; but which other
 * groups there are is not for them to know. So a group stands there as a keyed hash, which the catalog
 * can look for and nobody can turn back.
 */
export class HolderTags {
  readonly #secrets: string[];

  /** @returns undefined without `berth.keys.encryptionSecret` */
  static fromConfig(config: Config): HolderTags | undefined {
    const value = config.getOptional(SETTING);
    const secrets =
      typeof value === 'string'
        ? [value]
        : config.getOptionalStringArray(SETTING) ?? [];
    return secrets.length > 0 ? new HolderTags(secrets) : undefined;
  }

  private constructor(secrets: string[]) {
    this.#secrets = secrets;
  }

  /** What stands on an entity for a group. */
  write(holders: DirectoryGroup[]): string[] {
    const tags = holders.map(holder => tagOf(this.#secrets[0], holder));
    return [...new Set(tags)].sort();
  }

  /** All that may stand on an entity for one of some groups, also from before the secret was changed. */
  matching(groups: DirectoryGroup[]): string[] {
    return this.#secrets.flatMap(secret =>
      groups.flatMap(({ group, uid }) => [
        tagOf(secret, { group }),
        ...(uid === undefined ? [] : [tagOf(secret, { group, uid })]),
      ]),
    );
  }
}

/** Hex, as the catalog compares without regard to case. */
function tagOf(secret: string, { group, uid = '' }: DirectoryGroup): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([PURPOSE, group, uid]))
    .digest('hex')
    .slice(0, LENGTH);
}
