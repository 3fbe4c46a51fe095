import {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';

/** A catalog that stores only the names of its entities, because the bench does not measure the catalog. */
export class FakeCatalog implements EntityProviderConnection {
  /** Entities that were added, changed or removed so far. */
  written = 0;
  readonly #names = new Map<string, Set<string>>();

  names(type: string): Promise<Set<string>> {
    return Promise.resolve(new Set(this.#names.get(type)));
  }

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    if (mutation.type !== 'delta') {
      throw new Error(`A ${mutation.type} mutation replaces all entities`);
    }
    for (const { entity } of mutation.added) {
      const type = `${entity.spec?.type}`;
      const names = this.#names.get(type) ?? new Set();
      this.#names.set(type, names.add(entity.metadata.name));
    }
    this.written += mutation.added.length + mutation.removed.length;
  }

  async refresh(): Promise<void> {}
}
