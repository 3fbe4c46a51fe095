import { readFile } from 'node:fs/promises';
import { Page } from 'playwright-core';

/** Opens a new portal, signs in as its guest and opens the clusters from the sidebar. */
export async function signInAsGuest(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const berth = page.locator('nav a[href="/berth"]').first();
  const enter = page.getByRole('button', { name: 'Enter' });
  // A legacy app signs the guest in automatically.
  await berth.or(enter).first().waitFor();
  if (await enter.isVisible()) {
    await enter.click();
  }
  await berth.click();
  await page.getByRole('tab', { name: 'Clusters' }).click();
}

/** Downloads the kubeconfig with a token of the cluster whose page is open. */
export async function downloadKubeconfig(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Kubeconfig/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Get a token' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download', exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}
