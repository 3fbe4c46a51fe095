import { AuthService } from '@backstage/backend-plugin-api';
import { ANNOTATION_ORIGIN_LOCATION } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LOCATION } from '../entities/createEntity';

const PAGE_SIZE = 1000;

export interface KnownEntitiesOptions {
  auth: AuthService;
  catalog: CatalogService;
}

/** The digest of an entity as Berth provided it. */
export const ANNOTATION_DIGEST = 'berth.dev/digest';

/**
 * The entities from Berth in the catalog. Each call asks the catalog, because only the catalog knows
 * them, no matter which replica wrote last.
 */
export class KnownEntities {
  readonly #options: KnownEntitiesOptions;

  static create(options: KnownEntitiesOptions): KnownEntities {
    return new KnownEntities(options);
  }

  private constructor(options: KnownEntitiesOptions) {
    this.#options = options;
  }

  /** Returns the digests of the entities of one `spec.type`, by name. */
  async digests(type: string): Promise<Map<string, string | undefined>> {
    const { auth, catalog } = this.#options;
    const digests = new Map<string, string | undefined>();
    const pages = catalog.streamEntities(
      {
        filter: {
          kind: 'Resource',
          'spec.type': type,
          [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: LOCATION,
        },
        fields: ['metadata.name', 'metadata.annotations'],
        pageSize: PAGE_SIZE,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      for (const { metadata } of page) {
        digests.set(metadata.name, metadata.annotations?.[ANNOTATION_DIGEST]);
      }
    }
    return digests;
  }
}
