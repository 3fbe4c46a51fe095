import { Page } from 'playwright-core';

/** Finds a release in the list, compares two revisions, and reads the values, which hide the password. */
export async function readRelease(page: Page): Promise<void> {
  await openRelease(page, 'checkout');
  await page.getByRole('link', { name: 'History', exact: true }).click();
  await press(page, 'Compare revision 2 with revision 1');
  const difference = page.getByRole('region', {
    name: 'Difference of the values',
  });
  await difference.getByText('+replicas: 3').waitFor();
  await page.getByRole('link', { name: 'Values', exact: true }).click();
  const values = page.getByRole('textbox', { name: 'Values of checkout' });
  await values.getByText('password: ••••••').waitFor();
  await press(page, 'Reveal value of database.password');
  await page
    .getByRole('region', { name: 'Value of database.password' })
    .waitFor();
  await press(page, 'Hide value of database.password');
}

/** Sees that a cluster does not take a version of a chart which is deployed nowhere else, and installs it on another one. */
export async function installChart(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Helm' }).click();
  await page.getByRole('link', { name: 'Charts', exact: true }).click();
  await page.getByRole('link', { name: 'web', exact: true }).click();
  await page.getByRole('link', { name: 'Install', exact: true }).click();
  await select(page, /Version/, /^1\.4\.1/);
  await select(page, /Cluster/, /^gpulab/);
  await select(page, /Namespace/, /^team-a/);
  const release = page.getByRole('textbox', { name: /^Name of the release/ });
  await release.fill('returns');
  await page.getByRole('textbox', { name: 'Replicas' }).fill('1');
  await page.getByLabel(/^Password/).fill('example');
  await press(page, 'Check');
  await page
    .getByText(
      /^gpulab takes web 1\.4\.1 only after the same chart is deployed on staging/,
    )
    .waitFor();

  await select(page, /Cluster/, /^staging/);
  await select(page, /Namespace/, /^team-a/);
  await press(page, 'Check');
  await page
    .getByRole('region', { name: 'Difference of Deployment returns' })
    .getByText(/memory: 192Mi/)
    .waitFor();
  await press(page, 'Install');
  await page.getByText('The operation succeeded').waitFor();
}

/** Finds in the list that a release has a newer version, and upgrades to it. The page names its other default. */
export async function upgradeChart(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Helm' }).click();
  await page
    .getByRole('row', { name: /^returns/ })
    .getByText(/^1\.4\.2 is available/)
    .waitFor();
  await page.getByRole('link', { name: 'returns', exact: true }).click();
  await page.getByText('Version 1.4.2 of the chart web is available').waitFor();
  await page.getByRole('link', { name: 'Upgrade', exact: true }).click();
  await press(page, 'Check');
  await page
    .getByRole('region', { name: 'Difference of Deployment returns' })
    .getByText(/memory: 256Mi/)
    .waitFor();
  await page.getByText('1 other default of the chart differs').waitFor();
  await press(page, 'Upgrade');
  await page.getByText('The operation succeeded').waitFor();
}

/** Copies a release to another cluster, which takes the chart because it is deployed on the first one. */
export async function promote(page: Page): Promise<void> {
  await openRelease(page, 'returns');
  await choose(page, 'Install on other clusters');
  await select(page, /Cluster/, /^gpulab/);
  await select(page, /Namespace/, /^team-a/);
  await page.getByText('Copy the hidden values of returns on staging').click();
  await press(page, 'Check');
  for (const fact of [
    'The same chart as returns on staging, by its digest',
    'A promotion rule accepts revision 2 of returns in team-a on staging',
  ]) {
    await page.getByText(fact).waitFor();
  }
  await press(page, 'Install on 1 cluster');
  await page.getByText('returns is installed').waitFor();
}

/** Enters values for a chart as YAML. */
export async function enterValues(
  page: Page,
  chart: string,
  yaml: string,
): Promise<void> {
  await page.getByRole('radio', { name: 'YAML', exact: true }).click();
  await page.getByRole('textbox', { name: `Your values for ${chart}` }).click();
  await page.keyboard.insertText(yaml);
}

/** Changes a value, sees the object change, and goes back to the former revision. */
export async function upgradeAndRollBack(page: Page): Promise<void> {
  await openRelease(page, 'checkout');
  await choose(page, 'Upgrade');
  const editor = page.getByRole('textbox', {
    name: 'Your values for checkout',
  });
  await editor.getByText('password: ••••••').waitFor();
  await editor.getByText('replicas: 3').dblclick();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.insertText('replicas: 4');
  await press(page, 'Check');
  await page
    .getByRole('region', { name: 'Difference of Deployment checkout' })
    .getByText(/\+\s+replicas: 4/)
    .waitFor();
  await press(page, 'Upgrade');
  await page.getByText('The operation succeeded').waitFor();
  await page
    .getByRole('log', { name: 'Progress' })
    .getByText(/Changed Deployment checkout/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Open release' }).click();

  await choose(page, 'Roll back…');
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('region', { name: 'Difference of Deployment checkout' })
    .getByText(/\+\s+replicas: 3/)
    .waitFor();
  await dialog.getByRole('button', { name: 'Roll back to revision 3' }).click();
  await page
    .getByRole('heading', { name: 'Rollback to revision 3' })
    .first()
    .waitFor();
  await page.getByText('The operation succeeded').waitFor();
}

/** Uninstalls a release, after the page named the claim that stays. */
export async function uninstall(page: Page): Promise<void> {
  await openRelease(page, 'sessions');
  await choose(page, 'Uninstall…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('PersistentVolumeClaim sessions-snapshots').waitFor();
  await dialog.getByText('StatefulSet sessions').waitFor();
  await dialog
    .getByRole('textbox', { name: 'To confirm, enter sessions' })
    .fill('sessions');
  await dialog.getByRole('button', { name: 'Uninstall' }).click();
  await page.getByText('The operation succeeded').waitFor();
  await page.getByRole('link', { name: 'Show all releases' }).click();
  await page.getByRole('link', { name: 'checkout', exact: true }).waitFor();
}

async function openRelease(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Helm' }).click();
  await page.getByRole('link', { name, exact: true }).click();
}

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: /^Actions for the release/ }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Chooses an option. */
export async function select(
  page: Page,
  field: RegExp,
  option: RegExp,
): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click();
}
