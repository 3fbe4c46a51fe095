import { mockServices } from '@backstage/backend-test-utils';
import { ClusterCheck } from '@berth/plugin-berth-common';
import { IssuerUnderTest } from '../../../issuer/verifiers/__testUtils__/IssuerUnderTest';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  EndpointInspector,
} from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { allChecks } from '../allChecks';
import { createIdentities } from '../createDoctor';
import { runChecks } from '../runChecks';

/** The doctor as in production, with a portal that uses a test issuer. */
export class DoctorUnderTest {
  readonly clients: DefaultKubeClientFactory;
  readonly #issuer: IssuerUnderTest;
  readonly #policy = AddressPolicy.create({
    allow: ['127.0.0.0/8', '::1/128'],
  });

  constructor(issuer: IssuerUnderTest) {
    this.#issuer = issuer;
    this.clients = DefaultKubeClientFactory.create({
      policy: this.#policy,
      fieldManager: 'berth',
    });
  }

  /** @param credential - replaces the portal's token */
  async examine(
    cluster: ClusterRecord,
    credential?: { token: string; expiresAt?: Date },
  ): Promise<Record<string, ClusterCheck>> {
    const { clients } = this;
    const issuer = this.#issuer;
    const items = await runChecks({
      checks: allChecks({
        inspector: EndpointInspector.create({ policy: this.#policy }),
        issuer: issuer.url,
        issuerCaPem: issuer.caPem,
        signingKid: async () => (await issuer.signing.signingKey()).kid,
        credentialExpiry: async () => credential?.expiresAt,
        pullSecrets: [],
        ...createIdentities({
          auditor: mockServices.auditor.mock({
            createEvent: async () => ({
              success: async () => {},
              fail: async () => {},
            }),
          }),
          clients,
          signer: {
            sign: async claims => ({
              token: await issuer.token(claims),
              kid: '',
              jti: '',
              issuedAt: new Date(),
              expiresAt: new Date(),
            }),
          },
        }),
      }),
      context: {
        cluster,
        client: clients.create(
          cluster,
          async () =>
            credential?.token ??
            issuer.token({
              sub: 'berth:reconciler',
              aud: cluster.id,
              groups: ['cluster-reconciler'],
            }),
        ),
        anonymous: clients.create(cluster, async () => ''),
      },
      checkDeadline: 20_000,
      runDeadline: 60_000,
    });
    return Object.fromEntries(items.map(item => [item.id, item]));
  }

  async close(): Promise<void> {
    await this.clients.close();
  }
}

/** Returns the statuses by check id. */
export function statusesOf(checks: Record<string, ClusterCheck>) {
  return Object.fromEntries(
    Object.values(checks).map(({ id, status }) => [id, status]),
  );
}
