import {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { DirectoryApi } from '@berth/plugin-berth-common';
import {
  clusterEntity,
  EntityOptions,
  namespaceEntity,
} from '../entities/createEntity';
import { DirectorySync } from './DirectorySync';
import { KnownEntities } from './KnownEntities';

export interface BerthEntityProviderOptions {
  directory: DirectoryApi;
  entities: EntityOptions;
  known: Pick<KnownEntities, 'digests'>;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
}

/** Provides clusters and namespaces to the catalog. One replica at a time reads them from Berth on a schedule. */
export class BerthEntityProvider implements EntityProvider {
  readonly #options: BerthEntityProviderOptions;

  static create(options: BerthEntityProviderOptions): BerthEntityProvider {
    return new BerthEntityProvider(options);
  }

  private constructor(options: BerthEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'berth';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { directory, entities, known, logger, schedule } = this.#options;
    const common = { connection, known, logger };
    const syncs = [
      DirectorySync.create({
        ...common,
        what: 'clusters',
        type: 'kubernetes-cluster',
        async *pages() {
          for await (const page of directory.directoryClusters()) {
            yield page.map(cluster => clusterEntity(cluster, entities));
          }
        },
      }),
      DirectorySync.create({
        ...common,
        what: 'namespaces',
        type: 'kubernetes-namespace',
        async *pages() {
          for await (const page of directory.directoryNamespaces()) {
            yield page.map(namespace => namespaceEntity(namespace, entities));
          }
        },
      }),
    ];
    await schedule.run({
      id: 'berth-entities',
      fn: async () => {
        for (const sync of syncs) {
          await sync.run();
        }
      },
    });
  }
}
