import {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { ANNOTATION_DIGEST } from '../backend';

/** A catalog that stores only the names and digests of its entities, because the bench does not measure the catalog. */
export class FakeCatalog implements EntityProviderConnection {
  /** Entities that were added, changed or removed so far. */
  written = 0;
  readonly #digests = new Map<string, Map<string, string | undefined>>();

  async digests(type: string): Promise<Map<string, string | undefined>> {
    return new Map(this.#digests.get(type));
  }

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    if (mutation.type !== 'delta') {
      throw new Error(`A ${mutation.type} mutation replaces all entities`);
    }
    for (const { entity } of mutation.added) {
      const type = `${entity.spec?.type}`;
      const digests = this.#digests.get(type) ?? new Map();
      const { name, annotations } = entity.metadata;
      this.#digests.set(
        type,
        digests.set(name, annotations?.[ANNOTATION_DIGEST]),
      );
    }
    this.written += mutation.added.length + mutation.removed.length;
  }

  async refresh(): Promise<void> {}
}
