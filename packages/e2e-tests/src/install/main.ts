import { SandboxCluster } from '@berth/cluster-sandbox';
import { runKubectl } from '@berth/control-plane';
import { createKubeconfig } from '@berth/plugin-berth-common';
import { join } from 'node:path';
import { chromium, Page } from 'playwright-core';
import { chromiumFile } from '../browser/describeWithBrowser';
import { ARGUMENTS, ARTIFACTS } from '../browser/People';
import { addCluster, readOnboarding, shareWith } from '../browser/steps';
import { downloadKubeconfig, signInAsGuest } from './guest';

const STEP_DEADLINE_MS = 120_000;

/**
 * Does the main job in a portal that was set up by the installation guide: the guest adds a sandbox cluster,
 * shares it with the group of guests and uses kubectl.
 */
async function main([url, name]: string[]): Promise<void> {
  const cluster = await SandboxCluster.start({ name: 'sandbox' });
  const browser = await chromium.launch({
    executablePath: chromiumFile(),
    args: ARGUMENTS,
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1400, height: 900 },
    });
    page.setDefaultTimeout(STEP_DEADLINE_MS);
    const errors: string[] = [];
    page.on('pageerror', error => errors.push(`${error}`));
    try {
      await tryPortal(page, url, cluster);
      if (errors.length > 0) {
        throw new Error(`The pages had errors: ${errors.join('; ')}`);
      }
    } catch (error) {
      const picture = join(ARTIFACTS, `install-${name}.png`);
      await page.screenshot({ path: picture, fullPage: true });
      throw new Error(`${error}\nSee ${picture}`, { cause: error });
    }
  } finally {
    await browser.close();
    await cluster.stop();
  }
}

async function tryPortal(page: Page, url: string, cluster: SandboxCluster) {
  await signInAsGuest(page, url);
  await addCluster(page, {
    typedName: 'Sandbox',
    apiServer: cluster.apiServer,
    caPem: cluster.caPem,
  });
  const { issuerUrl, clientId, manifest } = await readOnboarding(
    page,
    'sandbox',
  );
  cluster.setIssuer({ url: issuerUrl, audience: clientId });
  const applied = await runKubectl(['apply', '-f', '-'], {
    kubeconfig: adminKubeconfig(cluster),
    input: manifest,
  });
  if (applied.code !== 0) {
    throw new Error(`The manifest was refused: ${applied.stderr}`);
  }
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Connected').first().waitFor();
  await shareWith(page, 'guests', 'guests');

  const kubeconfig = await downloadKubeconfig(page);
  for (const args of [
    ['create', 'configmap', 'hello', '--from-literal=a=b'],
    ['get', 'configmap', 'hello'],
  ]) {
    const { code, stderr } = await runKubectl(args, { kubeconfig });
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(' ')} failed: ${stderr}`);
    }
  }
}

function adminKubeconfig({ apiServer, caPem, adminToken }: SandboxCluster) {
  return createKubeconfig([
    {
      cluster: 'sandbox',
      apiServer,
      caData: Buffer.from(caPem).toString('base64'),
      username: 'admin',
      token: adminToken,
    },
  ]);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  },
);
