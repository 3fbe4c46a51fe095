import {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { ulid } from 'ulid';
import { KeyRing } from '../../issuer/keys/types';
import { TokenClaims, TokenSigner } from '../../issuer/types';
import { EndpointInspector, KubeClientFactory } from '../../kube';
import { RECONCILER_USERNAME } from '../connection/OidcConnection';
import { OnboardingSettings } from '../onboarding/readOnboardingSettings';
import {
  ClusterConnector,
  ClusterRecord,
  ClusterStore,
} from '../../model/clusters';
import { allChecks } from './allChecks';
import { TokenCheckOptions } from './checks/token';
import { DatabaseCheckRunStore } from './DatabaseCheckRunStore';
import { Doctor } from './Doctor';
import { runAndLog, scheduleChecks } from './scheduledChecks';
import { CheckRunStore } from './types';

export interface CreateDoctorOptions extends TokenCheckOptions {
  auditor: AuditorService;
  clients: KubeClientFactory;
  clusters: ClusterStore;
  config: Config;
  connect: ClusterConnector;
  database: Knex;
  /** The `iss` of tokens. */
  issuer: string;
  keyRing: Pick<KeyRing, 'signingKey'>;
  logger: LoggerService;
  onboarding: OnboardingSettings;
  /** The names of the pull secrets of the configuration. */
  pullSecrets: readonly string[];
  scheduler: SchedulerService;
  signer: TokenSigner;
}

export interface CreatedDoctor {
  doctor: Doctor;
  runs: CheckRunStore;
  /** Runs the checks of a cluster after a change of its settings. */
  clusterChanged: (clusterId: string) => void;
}

/** Creates the doctor and schedules its runs. */
export async function createDoctor(
  options: CreateDoctorOptions,
): Promise<CreatedDoctor> {
  const { clients, clusters, connect, keyRing, logger } = options;
  const runs = DatabaseCheckRunStore.create(options.database);
  const doctor = Doctor.create({
    clients,
    clusters,
    connect,
    runs,
    checks: allChecks({
      inspector: EndpointInspector.fromConfig(options.config),
      issuer: options.issuer,
      issuerCaPem: options.onboarding.issuerCaPem,
      signingKid: async () => (await keyRing.signingKey()).kid,
      credentialExpiry: options.credentialExpiry,
      pullSecrets: options.pullSecrets,
      ...createIdentities(options),
    }),
  });
  await scheduleChecks(options.scheduler, {
    clusters,
    doctor,
    logger,
    runs,
  });
  return {
    doctor,
    runs,
    clusterChanged: id => void runAndLog({ doctor, logger }, id, 'Change'),
  };
}

/**
 * Creates the identities for some of the checks. Both have fewer rights than the portal: one is only in the group of
 * every token, and the other has a token for a cluster that does not exist.
 */
export function createIdentities({
  auditor,
  clients,
  signer,
}: Pick<CreateDoctorOptions, 'auditor' | 'clients' | 'signer'>) {
  async function mint(
    { id: clusterId, name: cluster }: ClusterRecord,
    claims: Pick<TokenClaims, 'aud' | 'groups'>,
  ): Promise<string> {
    const event = await auditor.createEvent({
      eventId: 'token-mint',
      severityLevel: 'low',
      meta: { cluster, clusterId },
    });
    try {
      const { token, jti } = await signer.sign({
        sub: RECONCILER_USERNAME,
        ...claims,
      });
      await event.success({ meta: { jti, subject: RECONCILER_USERNAME } });
      return token;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
  return {
    asScopeOnly: (cluster: ClusterRecord) =>
      clients.create(cluster, () =>
        mint(cluster, { aud: cluster.id, groups: [TOKEN_GROUPS.scope] }),
      ),
    withForeignAudience: (cluster: ClusterRecord) =>
      clients.create(cluster, () => mint(cluster, { aud: ulid(), groups: [] })),
  };
}
