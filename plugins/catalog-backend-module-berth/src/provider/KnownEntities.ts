import { AuthService } from '@backstage/backend-plugin-api';
import { ANNOTATION_ORIGIN_LOCATION } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LOCATION } from '../entities/createEntity';

const PAGE_SIZE = 1000;

export interface KnownEntitiesOptions {
  auth: AuthService;
  catalog: CatalogService;
}

/**
 * The names of the entities from Berth in the catalog. Each call asks the catalog, because only the catalog knows
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

  /** Returns the names of the entities of one `spec.type`. */
  async names(type: string): Promise<Set<string>> {
    const { auth, catalog } = this.#options;
    const names = new Set<string>();
    const pages = catalog.streamEntities(
      {
        filter: {
          kind: 'Resource',
          'spec.type': type,
          [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: LOCATION,
        },
        fields: ['metadata.name'],
        pageSize: PAGE_SIZE,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      page.forEach(({ metadata }) => names.add(metadata.name));
    }
    return names;
  }
}
