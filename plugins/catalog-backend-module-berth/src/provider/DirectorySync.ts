import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { createHash } from 'node:crypto';
import { LOCATION } from '../entities/createEntity';
import { DeletionGuard } from './DeletionGuard';
import { ANNOTATION_DIGEST, KnownEntities } from './KnownEntities';

/** Deletions per mutation. */
const BATCH = 500;
const DIGEST_LENGTH = 12;

export interface DirectorySyncOptions {
  /** The name of the list for the log, such as `namespaces`. */
  what: string;
  /** The `spec.type` of the entities. */
  type: string;
  connection: EntityProviderConnection;
  known: Pick<KnownEntities, 'digests'>;
  logger: LoggerService;
  /** Reads all current entities; throws if they cannot be read to the end. */
  pages: () => AsyncIterable<Entity[]>;
  now?: () => number;
}

/**
 * Synchronises the catalog with one list of Berth.
 *
 * The list is read page by page. Of each page, only entities that are new or changed are written to the catalog, as a
 * delta. An annotation of each entity holds a digest of what was written, by any replica. Entities that are not in the
 * list are deleted after the whole list was read: if a page fails, the pass ends and nothing is deleted.
 */
export class DirectorySync {
  readonly #options: DirectorySyncOptions;
  readonly #guard: DeletionGuard;
  /** The names of the last list. The catalog can still be processing these entities. */
  #names = new Set<string>();

  static create(options: DirectorySyncOptions): DirectorySync {
    return new DirectorySync(options);
  }

  private constructor(options: DirectorySyncOptions) {
    this.#options = options;
    this.#guard = new DeletionGuard(options.now);
  }

  async run(): Promise<void> {
    const { connection, known, pages, type } = this.#options;
    const before = await known.digests(type);
    const names = new Set<string>();
    for await (const page of pages()) {
      const changed: Entity[] = [];
      for (const entity of page) {
        const { name } = entity.metadata;
        const digest = digestOf(entity);
        names.add(name);
        if (before.get(name) !== digest) {
          changed.push(withDigest(entity, digest));
        }
      }
      if (changed.length > 0) {
        await connection.applyMutation({
          type: 'delta',
          added: changed.map(entity => ({ entity, locationKey: LOCATION })),
          removed: [],
        });
      }
    }
    const there = new Set([...before.keys(), ...this.#names]);
    await this.#remove(
      [...there].filter(name => !names.has(name)),
      there.size,
    );
    this.#names = names;
  }

  async #remove(names: string[], known: number) {
    const { connection, logger, what } = this.#options;
    if (!this.#guard.allows(known, names.length)) {
      logger.warn(
        `Berth no longer has ${names.length} of ${known} ${what}. Their entities stay for an hour, in case Berth lost data`,
      );
      return;
    }
    for (let start = 0; start < names.length; start += BATCH) {
      await connection.applyMutation({
        type: 'delta',
        added: [],
        removed: names.slice(start, start + BATCH).map(name => ({
          entityRef: `resource:default/${name}`,
          locationKey: LOCATION,
        })),
      });
    }
  }
}

function withDigest(entity: Entity, digest: string): Entity {
  const { annotations, ...metadata } = entity.metadata;
  return {
    ...entity,
    metadata: {
      ...metadata,
      annotations: { ...annotations, [ANNOTATION_DIGEST]: digest },
    },
  };
}

function digestOf(entity: Entity): string {
  return createHash('sha256')
    .update(JSON.stringify(entity))
    .digest('base64url')
    .slice(0, DIGEST_LENGTH);
}
