import { SandboxCluster } from '@berth/cluster-sandbox';
import { ControlPlane, KubernetesAuthenticator } from '@berth/control-plane';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiServerJudge } from './ApiServerJudge';
import { configurationFor } from './configurationFor';
import { IssuerUnderTest } from './IssuerUnderTest';
import { Judge } from './Judge';

/** The verifiers that tokens for clusters meet. */
export interface Judges {
  /** kube-apiserver with `--oidc-*` flags. */
  flags: ApiServerJudge;
  /** Modern Kubernetes with an AuthenticationConfiguration. */
  configuration: Judge;
  sandbox: ApiServerJudge;
  controlPlane: ControlPlane;
  stop(): Promise<void>;
}

/** @param audience - the cluster's id, the same for all of them */
export async function startJudges(
  issuer: IssuerUnderTest,
  audience: string,
): Promise<Judges> {
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
    name: 'judge',
    issuer: { url, caPem, audience },
  });
  const authenticator = await KubernetesAuthenticator.start(
    configurationFor(issuer, audience),
    caPem,
  );
  const judges: Judges = {
    flags: new ApiServerJudge(controlPlane),
    configuration: {
      judge: async token => {
        const { ok, ...user } = await authenticator.judge(token);
        return { accepted: ok, ...user };
      },
    },
    sandbox: new ApiServerJudge(sandbox),
    controlPlane,
    stop: async () => {
      await judges.flags.close();
      await judges.sandbox.close();
      await authenticator.stop();
      await sandbox.stop();
      await controlPlane.stop();
    },
  };
  await untilAccepted(
    judges.flags,
    await issuer.token({ sub: 'user:first', aud: audience, groups: [] }),
  );
  return judges;
}

/** An API server asks for the discovery document every 10 seconds until it has it. */
export async function untilAccepted(
  judge: ApiServerJudge,
  token: string,
  deadlineMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await judge.enters(token))) {
    if (Date.now() > deadline) {
      throw new Error('The API server never accepted the token');
    }
    await sleep(200);
  }
}
