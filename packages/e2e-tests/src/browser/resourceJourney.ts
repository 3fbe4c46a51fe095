import { BerthApi } from '@berth/plugin-berth-common';
import { Page } from 'playwright-core';
import { stringify } from 'yaml';

const CLUSTER = 'staging';
const NAMESPACE = 'checkout';
const BROKEN = 'shop/cart:2-broken';
const CORRECTED = 'shop/cart:3';
const labels = { app: 'cart' };

/** Only `reveal` may show it. */
export const SECRET_VALUE = 'correct-horse-battery-staple';

/** Creates a workload whose container crashes, and a Secret, as their team does. */
export async function breakCart(alice: BerthApi): Promise<void> {
  const resources = {
    requests: { cpu: '50m', memory: '64Mi' },
    limits: { memory: '64Mi' },
  };
  const containers = [{ name: 'cart', image: BROKEN, resources }];
  const { items } = await alice.applyYaml(CLUSTER, {
    namespace: NAMESPACE,
    yaml: documents(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'cart-keys' },
        stringData: { password: SECRET_VALUE },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'cart' },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers } },
        },
      },
    ),
  });
  const failed = items.filter(({ action }) => action !== 'create');
  if (failed.length > 0) {
    throw new Error(`Not applied: ${JSON.stringify(failed)}`);
  }
}

/** Finds the pod that crashes, first in the list of pods, and reads why in the log of its previous container. */
export async function readWhyItCrashed(page: Page): Promise<void> {
  await openList(page, 'Workloads', 'Pods');
  const first = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
    .first();
  await first.getByText('CrashLoopBackOff').waitFor();
  await first.getByRole('link', { name: /^cart-/ }).click();
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  await press(page, 'Previous run');
  await page
    .getByText(/INFO.* starting/)
    .first()
    .waitFor();
}

/** Changes the image of the workload in its YAML, and waits until its pod runs. */
export async function correctImage(page: Page): Promise<void> {
  await openList(page, 'Workloads', 'Deployments');
  await page.getByRole('link', { name: 'cart', exact: true }).click();
  await page.getByRole('link', { name: 'YAML', exact: true }).click();
  const shown = page.getByRole('textbox', { name: 'YAML of cart' });
  await shown.getByText(BROKEN).waitFor();
  await press(page, 'Edit');
  const editor = page.getByRole('textbox', { name: 'YAML of cart, to edit' });
  await editor.getByText(BROKEN).dblclick();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.insertText(`image: ${CORRECTED}`);
  await press(page, 'Review changes…');
  const review = page.getByRole('dialog');
  await review.getByText(CORRECTED).waitFor();
  await review.getByRole('button', { name: 'Save' }).click();
  await page.getByText('cart is saved').waitFor();
  await page.getByText('1/1 ready').waitFor();
}

export async function scale(page: Page): Promise<void> {
  await press(page, 'Actions for Deployment cart');
  await page.getByRole('menuitem', { name: 'Scale…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Replicas' }).fill('2');
  await dialog.getByRole('button', { name: 'Scale' }).click();
  await page.getByText('cart will have 2 replicas').waitFor();
  await page.getByText('2/2 ready').waitFor();
}

/** Reveals the value of the Secret, and hides it again. */
export async function reveal(page: Page): Promise<void> {
  await openList(page, 'Config', 'Secrets');
  await page.getByRole('link', { name: 'cart-keys' }).click();
  await page.getByRole('button', { name: /^password/ }).click();
  await press(page, 'Reveal value');
  await page.getByText(SECRET_VALUE).waitFor();
  await press(page, 'Hide value');
}

/** Applies two documents, one of which sets a field that kubectl set, and takes the field over. */
export async function applyWithConflict(page: Page): Promise<void> {
  await openList(page, 'Workloads', 'Deployments');
  await press(page, 'Apply YAML');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Cluster/ }).click();
  await page.getByRole('option', { name: CLUSTER }).click();
  await dialog.getByRole('textbox', { name: 'Namespace' }).fill(NAMESPACE);
  await dialog.getByRole('textbox', { name: 'YAML to apply' }).click();
  await page.keyboard.insertText(
    documents(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cart' },
        data: { currency: 'EUR' },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'worker' },
        spec: { replicas: 4 },
      },
    ),
  );
  await dialog.getByRole('button', { name: 'Check' }).click();
  await dialog.getByText(/spec\.replicas, set by kubectl/).waitFor();
  await dialog.getByText('Take over these fields').click();
  await dialog.getByText('2 objects would change.').waitFor();
  await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
  await dialog.getByText('2 objects changed.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /worker.*4\/4/ }).waitFor();
}

async function openList(page: Page, group: string, kind: string) {
  await page.getByRole('tab', { name: 'Resources' }).click();
  await page.getByRole('link', { name: group, exact: true }).click();
  await page.getByRole('radio', { name: kind, exact: true }).click();
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click();
}

function documents(...all: object[]): string {
  return all.map(document => stringify(document)).join('---\n');
}
