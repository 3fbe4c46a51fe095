import { LoggerService } from '@backstage/backend-plugin-api';
import createKnex, { Knex } from 'knex';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
} from '../../../kube';
import { DatabaseClusterStore } from '../../../registry';
import { DatabaseShareStore } from '../../../tenancy/DatabaseShareStore';
import { DatabaseTenancy } from '../../../tenancy/DatabaseTenancy';
import { DatabaseHoldStore } from '../../breaker/DatabaseHoldStore';
import { DatabasePodSecurityStore } from '../../podSecurity/DatabasePodSecurityStore';
import { createPullSecretParts } from '../../pullSecrets/createPullSecretParts';
import { PullSecrets } from '../../pullSecrets/PullSecrets';
import { PodSecurityGate } from '../../podSecurity/PodSecurityGate';
import { DeletionBreaker } from '../../breaker/DeletionBreaker';
import { ClusterReconciler } from '../../ClusterReconciler';
import { DatabaseFormerBindings } from '../../former/DatabaseFormerBindings';
import { DatabaseInventory } from '../../DatabaseInventory';
import { DatabaseOutcomeStore } from '../../DatabaseOutcomeStore';
import { DatabaseLeaseStore } from '../../leases/DatabaseLeaseStore';
import { ReadingObserver } from '../../ReadingObserver';
import { readTenants } from '../../readTenants';
import { ReconcilerWorkers } from '../../ReconcilerWorkers';
import { ReplicaMessage, ReplicaSettings } from './types';

/*
 * Runs one replica of the reconciler in a separate process that can be killed at any moment. The replica
 * reports to its parent what it does, and ends with it.
 */

const settings = JSON.parse(
  process.env.BERTH_TEST_REPLICA ?? '',
) as ReplicaSettings;
const send = (message: ReplicaMessage) => process.send?.(message);
process.on('disconnect', () => process.exit(1));

let writes = 0;

/** Counts a write, and dies at the write that the settings name. */
async function write<T>(work: () => Promise<T>): Promise<T> {
  const last = ++writes === settings.killAt?.write;
  if (last && settings.killAt?.when === 'before') {
    process.kill(process.pid, 'SIGKILL');
  }
  const result = await work();
  if (last) {
    process.kill(process.pid, 'SIGKILL');
  }
  return result;
}

/** Counts calls of these methods as writes. */
function countWrites<T extends object>(target: T, names: string[]): T {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') {
        return value;
      }
      return (...call: unknown[]) => {
        const act = () => value.apply(target, call);
        return names.includes(String(name)) ? write(act) : act();
      };
    },
  });
}

const log = (text: string) => send({ log: text });
const logger: LoggerService = {
  error: log,
  warn: log,
  info: log,
  debug: () => {},
  child: () => logger,
};

async function connectTo(): Promise<Knex> {
  const knex = createKnex(settings.database);
  if (settings.database.client === 'better-sqlite3') {
    await knex.raw('PRAGMA foreign_keys = ON');
  }
  return knex;
}

async function main() {
  const knex = await connectTo();
  const shares = DatabaseShareStore.create(knex);
  const clients = DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });
  const workers = ReconcilerWorkers.create({
    clusters: DatabaseClusterStore.create(knex),
    leases: DatabaseLeaseStore.create(knex),
    logger,
    metrics: { forget: id => send({ lost: id }) },
    resyncMs: settings.resyncMs,
    reconciler: new ClusterReconciler({
      shares,
      tenants: readTenants(DatabaseTenancy.create(knex), []),
      inventory: countWrites(DatabaseInventory.create(knex), [
        'intend',
        'record',
      ]),
      outcomes: countWrites(DatabaseOutcomeStore.create(knex), ['note']),
      activity: { record: async () => {} },
      observer: new ReadingObserver(),
      formers: { of: async () => [] },
      formerBindings: DatabaseFormerBindings.create(knex),
      connect: cluster =>
        countWrites<KubeClient>(
          clients.create(
            { apiServer: cluster.apiServer, caPem: cluster.caPem },
            async () => settings.token,
          ),
          ['create', 'apply', 'delete'],
        ),
      breaker: new DeletionBreaker({ store: DatabaseHoldStore.create(knex) }),
      leftoverBreaker: new DeletionBreaker({
        store: DatabaseHoldStore.create(knex, 'leftover_holds'),
      }),
      podSecurity: new PodSecurityGate(DatabasePodSecurityStore.create(knex)),
      pullSecrets: createPullSecretParts(
        knex,
        PullSecrets.create([], { encryptionSecrets: [], logger }),
      ),
      logger,
      metrics: {
        writesTo: ({ id }) => ({
          wrote: (verb, kind) => send({ wrote: `${verb} ${kind}`, id }),
        }),
        planned: () => {},
        held: () => {},
        forget: () => {},
        passed: ({ id }, { settled }) => send({ passed: id, settled, writes }),
      },
    }),
  });
  workers.start();
}

main().catch(error => {
  send({ log: String(error?.stack) });
  process.exit(1);
});
