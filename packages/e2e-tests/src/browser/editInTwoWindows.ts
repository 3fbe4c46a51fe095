import { NamespaceAddress } from '@berth/plugin-berth-common';
import { Page } from 'playwright-core';

/**
 * Edits the quota, the access and the purpose of a namespace in two windows, each changed before the
 * other saved. The second window shows the change of the first, and keeps both changes.
 *
 * @returns the final state of the namespace
 */
export async function editInTwoWindows(
  first: Page,
  second: Page,
  { cluster, namespace }: NamespaceAddress,
): Promise<object> {
  const both = [first, second];
  const open = async (tab: string) => {
    for (const page of both) {
      await page.goto(
        new URL(
          `/berth/clusters/${cluster}/namespaces/${namespace}/${tab}`,
          page.url(),
        ).href,
      );
    }
  };
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).click();
  const sees = (page: Page, text: string) => page.getByText(text).waitFor();

  await open('quota');
  for (const page of both) {
    await page.getByRole('textbox', { name: 'CPU requests' }).waitFor();
  }
  const amount = (page: Page, resource: string) =>
    page.getByRole('textbox', { name: resource });
  await amount(first, 'CPU requests').fill('3');
  await amount(second, 'Memory requests').fill('6Gi');
  await press(first, 'Save quota');
  await sees(first, `Quota of ${namespace} saved`);
  await press(second, 'Save quota');
  await sees(second, 'Someone else changed this quota while you edited it');
  await press(second, 'Keep my changes and theirs');
  await press(second, 'Save quota');
  await sees(second, `Quota of ${namespace} saved`);

  await open('access');
  const add = async (page: Page, group: string) => {
    await page.getByRole('combobox', { name: 'Group' }).fill(group);
    await page.getByRole('option', { name: new RegExp(group, 'i') }).click();
    await press(page, 'Add group');
  };
  for (const page of both) {
    await page.getByRole('combobox', { name: 'Group' }).waitFor();
  }
  await add(first, 'ledger');
  await add(second, 'payments');
  await press(first, 'Save access');
  await sees(first, `Access to ${namespace} saved`);
  await press(second, 'Save access');
  await sees(second, 'Someone else changed the access while you edited it');
  await press(second, 'Save access');
  await sees(second, `Access to ${namespace} saved`);

  await open('');
  const purpose = (page: Page) =>
    page.getByRole('dialog').getByRole('textbox', { name: /^Purpose/ });
  for (const page of both) {
    await press(page, 'Edit');
    await purpose(page).waitFor();
  }
  await purpose(first).fill('The first purpose');
  await purpose(second).fill('The second purpose');
  await press(first, 'Save');
  await sees(first, `Namespace ${namespace} saved`);
  await press(second, 'Save');
  await sees(second, 'Someone else changed this namespace while you edited it');
  await press(second, 'Keep my changes and theirs');
  await press(second, 'Save');
  await sees(second, `Namespace ${namespace} saved`);

  return {
    purpose: 'The second purpose',
    quota: { hard: { 'requests.cpu': '3', 'requests.memory': '6Gi' } },
    grants: [
      { group: 'group:default/ledger' },
      { group: 'group:default/payments' },
      { group: 'group:default/team-a' },
    ],
  };
}
