import { Knex } from 'knex';
import { DatabasePullSecretVersions } from './DatabasePullSecretVersions';
import { PullSecretFence } from './PullSecretFence';
import { PullSecretGate } from './PullSecretGate';
import { PullSecrets } from './PullSecrets';
import { PullSecretVersions } from './types';

/** The parts of the reconciler that handle pull secrets. */
export interface PullSecretParts {
  secrets: PullSecrets;
  versions: PullSecretVersions;
  gate: PullSecretGate;
}

export function createPullSecretParts(
  database: Knex,
  secrets: PullSecrets,
): PullSecretParts {
  const versions = DatabasePullSecretVersions.create(database);
  const fence = new PullSecretFence();
  return {
    secrets,
    versions,
    gate: new PullSecretGate({ secrets, versions, fence }),
  };
}
