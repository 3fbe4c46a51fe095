import { SandboxCluster } from '@berth/cluster-sandbox';
import { deployExamples } from './deployExamples';
import { signIn } from './developmentClient';
import { EXAMPLE_ADMIN, EXAMPLE_CLUSTERS } from './exampleClusters';
import { installReleases } from './installReleases';
import { registerCluster } from './registerCluster';
import { retry } from './retry';

/** A first build takes minutes on a slow machine. */
const BACKEND_DEADLINE_MS = 300_000;

/** Marks the line that reports to `scripts/start.mjs` that the clusters are ready. */
const READY = 'clusters-ready';

/** Starts the sandbox clusters, registers them, and keeps them until the process ends. */
export async function runExampleClusters(backendUrl: string): Promise<void> {
  const sandboxes = await Promise.all(
    EXAMPLE_CLUSTERS.map(({ name, gpus }) =>
      SandboxCluster.start({ name, gpus, workload: 'lively' }),
    ),
  );
  const berth = await retry('the backend', BACKEND_DEADLINE_MS, () =>
    signIn(backendUrl, EXAMPLE_ADMIN),
  );
  const issuerUrl = await readIssuer(backendUrl);

  const clusters = await Promise.all(
    EXAMPLE_CLUSTERS.map((example, index) =>
      registerCluster(berth, issuerUrl, sandboxes[index], example),
    ),
  );
  await Promise.all(sandboxes.map(deployExamples));
  process.stdout.write(
    `${READY} ${JSON.stringify({
      clusters: clusters.map(cluster => cluster.name),
    })}\n`,
  );
  // The portal is ready without them.
  await installReleases(sandboxes).catch(error => {
    process.stderr.write(`The example releases are not complete: ${error}\n`);
  });
}

/** Reads the issuer's address byte for byte, as API servers compare it. */
async function readIssuer(backendUrl: string): Promise<string> {
  const response = await fetch(
    `${backendUrl}/api/oidc/.well-known/openid-configuration`,
  );
  const { issuer } = await response.json();
  return issuer;
}
