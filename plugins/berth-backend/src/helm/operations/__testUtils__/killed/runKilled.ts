import { LoggerService } from '@backstage/backend-plugin-api';
import createKnex from 'knex';
import { KeyCipher } from '../../../../crypto/KeyCipher';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeGateway,
} from '../../../../kube';
import { createHelmParts } from '../../../helmParts';
import { HelmRunner } from '../../../runner';
import { DatabaseOperationStore } from '../../DatabaseOperationStore';
import { OperationDesk } from '../../OperationDesk';
import { OperationRun } from '../../OperationRun';
import { KilledSettings } from './types';

/*
 * Runs the operations of one replica in a separate process, with the real helm, until it kills itself at the write that
 * the settings name. It ends with its parent.
 */

const settings = JSON.parse(
  process.env.BERTH_TEST_REPLICA ?? '',
) as KilledSettings;
process.on('disconnect', () => process.exit(1));

const { cluster, killAt, token } = settings;
let writes = 0;

/** Counts the writes of helm, and dies at the one that the settings name. */
function killing(gateway: KubeGateway): KubeGateway {
  const dieIf = (when: 'before' | 'after') => {
    if (writes === killAt?.write && when === killAt.when) {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  return {
    open: async (target, asToken, request) => {
      if (request.method === 'GET') {
        return gateway.open(target, asToken, request);
      }
      writes++;
      dieIf('before');
      const answer = await gateway.open(target, asToken, request);
      dieIf('after');
      return answer;
    },
  };
}

const log = (text: string) => process.send?.({ log: text });
const logger: LoggerService = {
  error: log,
  warn: log,
  info: log,
  debug: () => {},
  child: () => logger,
};

async function runKilled(): Promise<void> {
  const clients = DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });
  const runner = await HelmRunner.create({
    binary: settings.helm,
    concurrency: 1,
    deny: [],
    gateway: killing(clients),
    sandbox: 'required',
  });
  const store = DatabaseOperationStore.create(createKnex(settings.database), {
    cipher: KeyCipher.fromSecrets({
      secrets: ['a secret of at least thirty-two characters'],
      production: false,
      purpose: 'berth helm operations',
    }),
    limits: { runningPerPerson: 2 },
  });
  const releases = createHelmParts({
    ...{ clients, configMapStorage: false, deny: [] },
  } as never);
  const access = {
    enterFor: async () => ({
      cluster: { ...cluster, connection: 'oidc', status: {} } as never,
      token,
      expiresAt: new Date(Date.now() + 600_000),
    }),
  };
  const auditorOf = () => ({
    createEvent: async () => ({
      success: async () => {},
      fail: async () => {},
    }),
  });
  new OperationDesk({
    concurrency: 1,
    createRun: (operation, claim) =>
      new OperationRun(operation, claim, {
        ...{ access, auditorOf, logger, releases, runner, store },
        timeoutMs: 60_000,
      }),
    logger,
    metrics: { seen: () => {}, ended: () => {} },
    store,
    times: settings.times,
  }).start();
}

runKilled().catch(error => {
  log(String(error));
  process.exit(1);
});
