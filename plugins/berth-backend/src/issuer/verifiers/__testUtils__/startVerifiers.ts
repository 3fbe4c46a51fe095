import { SandboxCluster } from '@berth/cluster-sandbox';
import { ControlPlane, KubernetesAuthenticator } from '@berth/control-plane';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiServerVerifier } from './ApiServerVerifier';
import { configurationFor } from './configurationFor';
import { IssuerUnderTest } from './IssuerUnderTest';
import { TokenVerifier } from './TokenVerifier';

/** The verifiers of tokens for clusters. */
export interface TokenVerifiers {
  /** kube-apiserver with `--oidc-*` flags. */
  flags: ApiServerVerifier;
  /** Modern Kubernetes with an AuthenticationConfiguration. */
  configuration: TokenVerifier;
  sandbox: ApiServerVerifier;
  controlPlane: ControlPlane;
  stop(): Promise<void>;
}

/** @param audience - the cluster's id, the same for all verifiers */
export async function startVerifiers(
  issuer: IssuerUnderTest,
  audience: string,
): Promise<TokenVerifiers> {
  const { url, caPem } = issuer;
  const controlPlane = await ControlPlane.start({
    controllerManager: false,
    oidc: {
      issuerUrl: url,
      caPem,
      clientId: audience,
      signingAlgorithms: [issuer.algorithm],
    },
  });
  const sandbox = await SandboxCluster.start({
    name: 'verifier',
    issuer: { url, caPem, audience },
  });
  const authenticator = await KubernetesAuthenticator.start(
    configurationFor(issuer, audience),
    caPem,
  );
  const verifiers: TokenVerifiers = {
    flags: new ApiServerVerifier(controlPlane),
    configuration: {
      verify: async token => {
        const { ok, ...user } = await authenticator.verify(token);
        return { accepted: ok, ...user };
      },
    },
    sandbox: new ApiServerVerifier(sandbox),
    controlPlane,
    stop: async () => {
      await verifiers.flags.close();
      await verifiers.sandbox.close();
      await authenticator.stop();
      await sandbox.stop();
      await controlPlane.stop();
    },
  };
  await untilAccepted(
    verifiers.flags,
    await issuer.token({ sub: 'user:first', aud: audience, groups: [] }),
  );
  return verifiers;
}

/** Waits for the issuer's discovery document, which an API server requests every 10 seconds until it has it. */
export async function untilAccepted(
  verifier: ApiServerVerifier,
  token: string,
  deadlineMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await verifier.enters(token))) {
    if (Date.now() > deadline) {
      throw new Error('The API server never accepted the token');
    }
    await sleep(200);
  }
}
