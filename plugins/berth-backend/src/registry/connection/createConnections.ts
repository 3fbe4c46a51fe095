import {
  AuditorService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { ConnectionStrategyFactory } from '@berth/plugin-berth-node';
import { Knex } from 'knex';
import { KeyCipher } from '../../crypto/KeyCipher';
import { TokenSigner } from '../../issuer/types';
import { KubeClientFactory } from '../../kube';
import { DatabaseClusterStore } from '../DatabaseClusterStore';
import { ClusterIdentity } from '../ClusterIdentity';
import { ClusterConnector } from '../../model/clusters';
import { connectToClusters } from './connectToClusters';
import { ConnectionStrategies } from './ConnectionStrategies';
import { DatabaseCredentialStore } from './DatabaseCredentialStore';
import { OidcConnection } from './OidcConnection';
import { ServiceAccountConnection } from './ServiceAccountConnection';

const PURPOSE = 'berth cluster credentials';
const LIFETIME = 'berth.connectionStrategies.serviceAccount.tokenLifetime';
/** The minimum lifetime of tokens that API servers issue. */
const SHORTEST_LIFETIME_SECONDS = 600;

export interface CreateConnectionsOptions {
  auditor: AuditorService;
  clients: KubeClientFactory;
  config: RootConfigService;
  database: Knex;
  encryptionSecrets: string[];
  /** Strategies that modules added, by name. */
  extensions: ReadonlyMap<string, ConnectionStrategyFactory>;
  logger: LoggerService;
  production: boolean;
  signer: TokenSigner;
}

/** The clusters and the parts that connect to them. */
export interface Connections {
  clusters: DatabaseClusterStore;
  connect: ClusterConnector;
  credentials: DatabaseCredentialStore;
  identity: ClusterIdentity;
  strategies: ConnectionStrategies;
}

/** Creates the parts that connect to clusters. */
export async function createConnections(
  options: CreateConnectionsOptions,
): Promise<Connections> {
  const { auditor, clients, config, database, logger, signer } = options;
  const credentials = DatabaseCredentialStore.create(
    database,
    KeyCipher.fromSecrets({
      secrets: options.encryptionSecrets,
      production: options.production,
      purpose: PURPOSE,
    }),
  );
  await credentials.reencrypt();
  const clusters = DatabaseClusterStore.create(database, credentials);
  const strategies = new ConnectionStrategies()
    .add('oidc', OidcConnection.create({ signer, auditor }))
    .add(
      'serviceAccount',
      ServiceAccountConnection.create({
        clients,
        lifetimeSeconds: readLifetime(config),
      }),
    );
  for (const [name, create] of options.extensions) {
    strategies.add(name, create({ config, logger }));
  }
  const connect = connectToClusters({ clients, credentials, strategies });
  const identity = ClusterIdentity.create({
    clients,
    clusters,
    connect,
    credentials,
    strategies,
    logger,
  });
  return { clusters, connect, credentials, identity, strategies };
}

/** @throws InputError naming the setting and the rule */
function readLifetime(config: RootConfigService): number | undefined {
  if (!config.has(LIFETIME)) {
    return undefined;
  }
  const seconds = Math.floor(
    durationToMilliseconds(readDurationFromConfig(config, { key: LIFETIME })) /
      1000,
  );
  if (seconds < SHORTEST_LIFETIME_SECONDS) {
    throw new InputError(
      `${LIFETIME} is ${seconds} seconds, but API servers issue no token for less than ${SHORTEST_LIFETIME_SECONDS}`,
    );
  }
  return seconds;
}
