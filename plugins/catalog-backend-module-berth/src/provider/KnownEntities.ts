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
 * The names of the entities that the catalog has from Berth. Asked anew each time: the catalog is the only
 * one that knows it, whichever replica wrote last and whatever happened since.
 */
export class KnownEntities {
  readonly #options: KnownEntitiesOptions;

  static create(options: KnownEntitiesOptions): KnownEntities {
    return new KnownEntities(options);
  }

  private constructor(options: KnownEntitiesOptions) {
    this.#options = options;
  }

  /** Those of one `spec.type`. */
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
