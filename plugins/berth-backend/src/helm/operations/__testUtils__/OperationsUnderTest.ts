import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import { ClusterEntries } from '../../../access/ClusterEntries';
import { KeyCipher } from '../../../crypto/KeyCipher';
import { migrate } from '../../../database/migrate';
import { DefaultKubeClientFactory } from '../../../kube';
import { DatabaseClusterStore } from '../../../registry/DatabaseClusterStore';
import { createHelmParts } from '../../helmParts';
import { DatabaseOperationStore } from '../DatabaseOperationStore';
import { OperationAccess } from '../OperationAccess';
import { OperationDesk, OperationDeskOptions } from '../OperationDesk';
import { OperationRun, OperationRunOptions } from '../OperationRun';
import {
  NewOperation,
  OperationRecord,
  OperationStore,
  OperationWork,
} from '../types';
import { SimulatedHelm } from './SimulatedHelm';

/** On a busy machine, reports take long: a replica that lives loses no operation here, and one that is killed ends none. */
const TIMES = { tickMs: 25, unsureMs: 10_000, silentMs: 600 };
const WAIT_MS = 45_000;

/** A replica of the portal that has only operations. */
export interface Replica {
  desk: OperationDesk;
  /** Ends the replica as SIGKILL does: nothing that it began goes on. */
  kill(): void;
  /** Lets the database answer this replica no longer. */
  hang(): void;
}

/** Operations on one cluster, with the database of a portal and any number of replicas. */
export class OperationsUnderTest {
  readonly helm: SimulatedHelm;
  readonly events: {
    eventId: string;
    actor: string;
    outcome?: string;
    meta: JsonObject;
  }[] = [];
  /** What the metrics have of operations that ended. */
  readonly counted: string[] = [];
  readonly store: DatabaseOperationStore;
  /** What the person holds now. */
  readonly person = { uid: 'uid-of-alice', holds: true };
  /** Whether the cluster answers. */
  reachable = true;
  clusterId = '';
  readonly #cluster: SandboxCluster;
  readonly #clients: DefaultKubeClientFactory;
  readonly #knex: Knex;
  readonly #replicas: Replica[] = [];

  static async start(knex: Knex): Promise<OperationsUnderTest> {
    await migrate(knex);
    const cluster = await SandboxCluster.start({ name: 'prod' });
    const started = new OperationsUnderTest(knex, cluster);
    const { id } = await DatabaseClusterStore.create(knex).create({
      name: 'prod',
      apiServer: cluster.apiServer,
      caPem: cluster.caPem,
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
    });
    started.clusterId = id;
    cluster.seed([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    ] as never);
    return started;
  }

  private constructor(knex: Knex, cluster: SandboxCluster) {
    this.#knex = knex;
    this.#cluster = cluster;
    this.#clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    this.helm = new SimulatedHelm(
      this.#clients.forPerson(cluster, cluster.adminToken),
    );
    this.store = this.#createStore();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#replicas.map(({ desk }) => desk.stop()));
    await this.#cluster.stop();
    await this.#clients.close();
  }

  /** Starts a replica. */
  replica(
    concurrency = 4,
    ready?: OperationRunOptions['ready'],
    times?: OperationDeskOptions['times'],
  ): Replica {
    let dead = false;
    let hanging = false;
    const store = new Proxy<OperationStore>(this.#createStore(), {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        return typeof value === 'function'
          ? (...call: unknown[]) =>
              hanging ? new Promise(() => {}) : value.apply(target, call)
          : value;
      },
    });
    const { apiServer, caPem, adminToken } = this.#cluster;
    const record = () => ({
      id: this.clusterId,
      name: 'prod',
      apiServer: this.reachable ? apiServer : 'https://127.0.0.1:1',
      caPem,
      connection: 'oidc',
      status: {},
    });
    const access = {
      get: async () => {
        if (!this.person.holds) {
          throw new NotFoundError('There is no cluster "prod"');
        }
        return { cluster: record(), shares: [] };
      },
    };
    const tokens = {
      mint: async () => ({
        token: adminToken,
        expiresAt: new Date(Date.now() + 600_000),
      }),
    };
    const logger = mockServices.logger.mock();
    const run = {
      access: new OperationAccess({
        auth: { getOwnServiceCredentials: async () => ({}) },
        authorizer: { recordedCredentials: () => ({}) },
        entries: new ClusterEntries({ access, tokens } as never),
        namespaceAccess: { get: access.get },
        people: {
          read: async (userRef: string) => ({
            userRef,
            uid: this.person.uid,
            admin: false,
            auditor: false,
          }),
        },
      } as never),
      auditorOf: (actor: string) => ({
        createEvent: async ({ eventId, meta = {} }: any) => {
          const event: OperationsUnderTest['events'][number] = {
            ...{ eventId, actor, meta },
          };
          this.events.push(event);
          const end = (outcome: string) => async (more?: any) => {
            event.outcome = outcome;
            event.meta = { ...event.meta, ...more?.meta };
          };
          return { success: end('success'), fail: end('fail') };
        },
      }),
      logger,
      ready,
      releases: createHelmParts({
        clients: this.#clients,
        configMapStorage: false,
        deny: [],
      } as never),
      runner: this.helm,
      store,
      timeoutMs: 60_000,
    };
    const desk = new OperationDesk({
      concurrency,
      createRun: (operation, claim) => {
        const created = new OperationRun(operation, claim, run);
        const end = created.end.bind(created);
        created.end = reason => {
          if (!dead) {
            end(reason);
          }
        };
        return created;
      },
      logger,
      metrics: {
        seen: () => {},
        ended: (kind, { state }) => this.counted.push(`${kind}: ${state}`),
      },
      store,
      times: { ...TIMES, ...times },
    });
    desk.start();
    const replica: Replica = {
      desk,
      kill: () => {
        dead = true;
        replica.hang();
      },
      hang: () => {
        hanging = true;
        this.#replicas.splice(this.#replicas.indexOf(replica), 1);
      },
    };
    this.#replicas.push(replica);
    return replica;
  }

  /** Puts objects on the cluster. */
  put(...objects: object[]): void {
    this.#cluster.seed(objects as never);
  }

  /** Adds an installation, and returns its id if it was accepted. */
  async install(release: string): Promise<string | undefined> {
    return this.upgrade(release, { kind: 'install', baseRevision: 0 });
  }

  /** Adds an upgrade of a release at revision 1, and returns its id if it was accepted. */
  async upgrade(
    release: string,
    more: Partial<NewOperation> = {},
    values: object = { password: 'planted-value' },
    base?: string,
  ): Promise<string | undefined> {
    const operation: NewOperation = {
      id: ulid(),
      kind: 'upgrade',
      clusterId: this.clusterId,
      cluster: 'prod',
      namespace: 'shop',
      release,
      baseRevision: 1,
      options: {},
      digest: 'a digest',
      requestHash: 'a hash',
      person: 'user:default/alice',
      personUid: 'uid-of-alice',
      policy: JSON.stringify({
        'berth.helm.write': { result: AuthorizeResult.ALLOW },
      }),
      ...more,
    };
    const work: OperationWork = {
      command: {
        kind: operation.kind === 'install' ? 'install' : 'upgrade',
        namespace: 'shop',
        release,
      },
      chart: Buffer.from('planted-chart'),
      values: JSON.stringify(values),
      ...(base !== undefined && { base }),
    };
    return (await this.store.add(operation, work)) ? operation.id : undefined;
  }

  /** Resolves with an operation once it matches. */
  async until(
    id: string,
    matches: (operation: OperationRecord) => boolean,
  ): Promise<OperationRecord> {
    const last = performance.now() + WAIT_MS;
    for (;;) {
      const operation = (await this.store.get(id))!;
      if (matches(operation)) {
        return operation;
      }
      if (performance.now() > last) {
        throw new Error(
          `${operation.kind} stays ${operation.state}: ${operation.message}`,
        );
      }
      await delay(10);
    }
  }

  ended(id: string): Promise<OperationRecord> {
    return this.until(id, ({ endedAt }) => endedAt !== undefined);
  }

  /** Makes what an operation runs unreadable, as another encryption secret does. */
  async spoil(id: string): Promise<void> {
    await this.#knex('helm_operations').where({ id }).update({ sealed: 'x' });
  }

  /** Returns all rows of operations as text. */
  async dump(): Promise<string> {
    return JSON.stringify([
      await this.#knex('helm_operations'),
      await this.#knex('helm_operation_lines'),
    ]);
  }

  #createStore() {
    return DatabaseOperationStore.create(this.#knex, {
      cipher: KeyCipher.fromSecrets({
        secrets: ['a secret of at least thirty-two characters'],
        production: false,
        purpose: 'berth helm operations',
      }),
      limits: { runningPerPerson: 2 },
    });
  }
}
