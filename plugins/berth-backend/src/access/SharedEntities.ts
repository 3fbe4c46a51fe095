import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { Batcher } from '../database/Batcher';

/**
 * How old an entity may be. Short enough that the next token reflects a removal from a group, and long enough for the
 * calls of a page.
 */
const MAX_AGE_MS = 5_000;
const MAX_ENTITIES = 20_000;
/** Backstage's catalog accepts more, but then answers with several megabytes at once. */
const BATCH = 200;

type EntityReader = Pick<CatalogService, 'getEntitiesByRefs'>;
type Request = Parameters<EntityReader['getEntitiesByRefs']>[0];
type Options = Parameters<EntityReader['getEntitiesByRefs']>[1];

export interface SharedEntitiesOptions {
  auth: Pick<AuthService, 'isPrincipal'>;
  catalog: EntityReader;
  /** How old an entity may be, in milliseconds. With 0, only requests that wait at the same time share a read. */
  maxAgeMs?: number;
  /** Returns milliseconds. */
  now?: () => number;
}

interface Read {
  /** When the catalog was asked. Undefined until then. */
  askedAt?: number;
  entity: Promise<Entity | undefined>;
}

interface Asked {
  ref: string;
  options: Options;
  read: Read;
}

/**
 * Reads users and groups for many people at once. Requests with the credentials of a plugin share their reads: an
 * entity is read once in five seconds, and the entities for which requests wait are read in one call. An entity that
 * the catalog does not have is kept as long, too. Failures are not kept. The catalog answers a person's own
 * credentials with what this person may see, so such a request is passed on as it is.
 */
export class SharedEntities implements EntityReader {
  readonly #options: SharedEntitiesOptions;
  readonly #now: () => number;
  readonly #reads = new LRUCache<string, Read>({ max: MAX_ENTITIES });
  /** By the fields that requests ask for. */
  readonly #batchers = new Map<string, Batcher<Asked, Entity | undefined>>();

  constructor(options: SharedEntitiesOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  async getEntitiesByRefs(request: Request, options: Options) {
    const { auth, catalog } = this.#options;
    const { entityRefs, fields, ...condition } = request;
    if (
      Object.keys(condition).length > 0 ||
      !auth.isPrincipal(options.credentials, 'service')
    ) {
      return catalog.getEntitiesByRefs(request, options);
    }
    return {
      items: await Promise.all(
        entityRefs.map(ref => this.#read(ref, fields, options)),
      ),
    };
  }

  #read(
    ref: string,
    fields: Request['fields'],
    options: Options,
  ): Promise<Entity | undefined> {
    const shape = JSON.stringify(fields ?? null);
    const key = `${stringifyEntityRef(parseEntityRef(ref))} ${shape}`;
    const known = this.#reads.get(key);
    if (known && this.#isRecent(known)) {
      return known.entity;
    }
    const read: Read = { entity: Promise.resolve(undefined) };
    read.entity = this.#batcherOf(shape, fields).add({ ref, options, read });
    this.#reads.set(key, read);
    read.entity.catch(() => {
      if (this.#reads.peek(key) === read) {
        this.#reads.delete(key);
      }
    });
    return read.entity;
  }

  #isRecent({ askedAt }: Read): boolean {
    const { maxAgeMs = MAX_AGE_MS } = this.#options;
    return askedAt === undefined || this.#now() - askedAt < maxAgeMs;
  }

  #batcherOf(
    shape: string,
    fields: Request['fields'],
  ): Batcher<Asked, Entity | undefined> {
    const batcher =
      this.#batchers.get(shape) ??
      new Batcher({
        maxSize: BATCH,
        run: asked => this.#ask(asked, fields),
      });
    this.#batchers.set(shape, batcher);
    return batcher;
  }

  async #ask(
    asked: Asked[],
    fields: Request['fields'],
  ): Promise<(Entity | undefined)[]> {
    const now = this.#now();
    asked.forEach(({ read }) => {
      read.askedAt = now;
    });
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      { entityRefs: asked.map(({ ref }) => ref), fields },
      asked[0].options,
    );
    return items;
  }
}
