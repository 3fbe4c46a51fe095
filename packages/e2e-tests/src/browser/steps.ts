import { Page } from 'playwright-core';

/** The input of the "Add cluster" form. */
export interface ClusterToAdd {
  typedName: string;
  apiServer: string;
  caPem: string;
}

/** The instructions of the onboarding page for the cluster's admin. */
export interface Onboarding {
  issuerUrl: string;
  clientId: string;
  manifest: string;
}

/** Adds a cluster; ends on its onboarding page. */
export async function addCluster(page: Page, cluster: ClusterToAdd) {
  await page.getByRole('link', { name: 'Add cluster' }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill(cluster.typedName);
  await page
    .getByRole('textbox', { name: /^API server/ })
    .fill(cluster.apiServer);
  await page
    .getByRole('textbox', { name: /^CA certificate/ })
    .fill(cluster.caPem);
  await page.getByRole('button', { name: 'Add cluster' }).click();
  await page.waitForURL(/\/berth\/clusters\/[a-z0-9]+\/onboarding$/);
}

/** Reads the onboarding page as the cluster's admin does. */
export async function readOnboarding(
  page: Page,
  cluster: string,
): Promise<Onboarding> {
  await page.getByRole('button', { name: /What runs the cluster/ }).click();
  await page
    .getByRole('option', { name: 'Any, with kube-apiserver flags' })
    .click();
  const flags = await page
    .getByRole('region', { name: 'Start kube-apiserver with these arguments' })
    .filter({ hasText: '--oidc-issuer-url' })
    .innerText();
  return {
    issuerUrl: flagOf(flags, '--oidc-issuer-url'),
    clientId: flagOf(flags, '--oidc-client-id'),
    manifest: await page
      .getByRole('region', { name: `berth-${cluster}.yaml` })
      .innerText(),
  };
}

/** Shares the cluster whose page is open with a group, and waits until the share is ready on the cluster. */
export async function shareWith(page: Page, group: string, title: string) {
  await page.getByRole('link', { name: 'Access' }).click();
  await page.getByRole('combobox', { name: 'Group' }).fill(group);
  await page.getByRole('option', { name: title }).click();
  await page.getByRole('button', { name: 'Share cluster' }).click();
  const row = page.getByRole('row', { name: title });
  await row.getByText('Ready').waitFor();
}

/** Copies the kubeconfig with a token of the cluster whose page is open. */
export async function copyKubeconfig(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Kubeconfig/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Get a token' }).click();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  return await page.evaluate(() => navigator.clipboard.readText());
}

/** Copies a command of the page. */
export async function copyCommand(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: `Copy: ${name}` }).click();
  return await page.evaluate(() => navigator.clipboard.readText());
}

function flagOf(flags: string, name: string): string {
  const value = new RegExp(`${name}=(\\S+)`).exec(flags)?.[1];
  if (!value) {
    throw new Error(`The page shows no ${name} in ${JSON.stringify(flags)}`);
  }
  return value;
}
