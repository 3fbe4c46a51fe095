import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContractTarget } from './ContractTarget';
import { describeContract } from './describeContract';
import { TestIssuer } from './TestIssuer';

jest.setTimeout(180_000);

describeWithControlPlane('a real control plane', () => {
  let issuer: TestIssuer;
  let controlPlane: ControlPlane;
  let target: ContractTarget;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    const oidc = {
      issuerUrl: issuer.url,
      caPem: issuer.caPem,
      clientId: issuer.audience,
    };
    controlPlane = await ControlPlane.start({ oidc });
    target = new ContractTarget(controlPlane, issuer, {
      forgetHistory: () => controlPlane.forgetHistory(),
      setPrefixes: async prefixes => {
        await controlPlane.restartApiServer({ ...oidc, ...prefixes });
        await untilIssuerIsKnown();
      },
    });
    await untilIssuerIsKnown();
  });

  afterAll(async () => {
    await target?.stop();
    await controlPlane?.stop();
    await issuer?.stop();
  });

  /** Waits until the API server has the discovery document; it asks for it every 10 seconds. */
  async function untilIssuerIsKnown() {
    const token = await issuer.token();
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { status } = await target.call('GET', '/api/v1/nodes', { token });
      if (status === 403) {
        return;
      }
      await sleep(300);
    }
    throw new Error('The API server does not know the issuer');
  }

  describeContract(() => target, ControlPlane.version() ?? 'v1.0.0');
});
