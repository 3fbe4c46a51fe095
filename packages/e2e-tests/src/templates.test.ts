import { runKubectl } from '@berth/control-plane';
import { readFile } from 'node:fs/promises';
import { Page } from 'playwright-core';
import { describeWithBrowser } from './browser/describeWithBrowser';
import { DevPortal } from './browser/DevPortal';
import { journeysIn } from './browser/journey';
import { People } from './browser/People';
import { copyKubeconfig } from './browser/steps';
import { eventually } from './portal/eventually';

jest.setTimeout(420_000);

/** The templates of the dev portal, from the form to a namespace that kubectl can use. */
describeWithBrowser('the templates', () => {
  let portal: DevPortal;
  let people: People;
  let alice: Page;
  const journey = journeysIn(() => ({ portal, people }));

  beforeAll(async () => {
    portal = await DevPortal.start();
    people = await People.start(portal.url);
    alice = await people.signIn('Alice Moreau');
  });

  afterAll(async () => {
    await people?.stop();
    await portal?.stop();
  });

  async function open(title: string) {
    // Not through the sidebar, because the dialog of the previous test covers it.
    await alice.goto(`${portal.url}/create`);
    const template = alice.locator('.MuiCard-root').filter({
      has: alice.getByRole('heading', { name: title, exact: true }),
    });
    await template.getByRole('button', { name: 'Choose' }).click();
  }

  async function choose(field: string, option: string) {
    await alice.getByRole('button', { name: new RegExp(field) }).click();
    await alice.getByRole('option', { name: new RegExp(`^${option}`) }).click();
  }

  /** Waits until the only option is chosen, which happens automatically once it is loaded. */
  const chosen = (field: string, option: string) =>
    alice
      .getByRole('button', { name: new RegExp(field) })
      .filter({ hasText: option })
      .waitFor();

  const type = (field: string, text: string) =>
    alice.getByRole('textbox', { name: new RegExp(field) }).fill(text);

  const press = (name: string) =>
    alice.getByRole('button', { name, exact: true }).click();

  /**
   * Types a secret in the last step, and waits until the form keeps it. Backstage stores a secret 300 ms after the last
   * key, so that a test, unlike a person, can create the task before. The field reads the stored secret when it appears.
   */
  async function keepSecret(field: string, secret: string) {
    const input = alice.getByLabel(new RegExp(field));
    await eventually(`the form keeps the secret ${field}`, async () => {
      await input.fill(secret);
      await press('Review');
      // Both pages have a button "Back", and the form stays until it is checked.
      await alice
        .getByRole('button', { name: 'Create', exact: true })
        .waitFor();
      await press('Back');
      await input.waitFor();
      return (await input.inputValue()) === secret;
    });
  }

  /** Returns the whole log of an ended task, of which the page shows some lines. */
  async function readLog() {
    await alice.getByRole('link', { name: 'The namespace' }).waitFor();
    const download = alice.waitForEvent('download');
    await alice.getByRole('button', { name: 'Download logs' }).click();
    return readFile(await (await download).path(), 'utf8');
  }

  /** Opens the namespace from the page of an ended task, and uses it as that page describes. */
  async function useNamespace(name: string, ...args: string[]) {
    await alice.getByRole('link', { name: 'The namespace' }).click();
    await alice.getByRole('heading', { name }).waitFor();
    const kubeconfig = await copyKubeconfig(alice);
    const { code, stdout, stderr } = await runKubectl(args, { kubeconfig });
    return code === 0 ? stdout.trim() : stderr.trim();
  }

  it(
    'create a namespace that kubectl can use',
    journey(async () => {
      await open('Request a namespace');
      await chosen('Cluster', 'staging');
      await chosen('Group', 'Team A');
      await choose('Size', 'Small');
      await type('Name', 'shop-preview');
      await press('Next');
      await type('Purpose', 'Previews of the web shop');
      await press('Review');
      await press('Create');
      expect(
        await useNamespace(
          'shop-preview',
          ...['create', 'configmap', 'hello', '--from-literal=a=b'],
        ),
      ).toBe('configmap/hello created');
    }),
  );

  it(
    'write the files of a service for its new namespace',
    journey(async () => {
      await open('New service with its namespace');
      await type('Name', 'coupons');
      await type('Description', 'Counts what is left of them');
      await chosen('Owner', 'Team A');
      await press('Next');
      await chosen('Cluster', 'staging');
      await chosen('Size', 'Small');
      await press('Review');
      await press('Create');
      const log = await readLog();
      expect(log).toContain('berth.dev/namespaces: staging/coupons');
      expect(log).toContain('kind: Deployment');
      expect(
        await useNamespace('coupons', 'auth', 'can-i', 'create', 'pods'),
      ).toBe('yes');
    }),
  );

  it(
    'install the chart of a service in its new namespace, and register the service',
    journey(async () => {
      await open('New service with its namespace and its chart');
      await type('Name', 'vouchers');
      await chosen('Owner', 'Team A');
      await press('Next');
      await chosen('Cluster', 'staging');
      await chosen('Size', 'Small');
      await press('Next');
      await choose('Version of the chart', '1.4.1');
      await keepSecret('Password of the database', 'planted');
      await press('Review');
      await press('Create');
      const log = await readLog();
      expect(log).toContain('Objects added: ');
      expect(log).toContain('Created Deployment vouchers in vouchers');
      expect(log).not.toContain('planted');

      await alice.getByRole('link', { name: 'The service' }).click();
      const releases = alice.getByRole('link', { name: 'Helm releases' });
      await eventually('the catalog has the service', async () => {
        await releases.or(alice.getByText('Entity not found')).waitFor();
        const found = await releases.isVisible();
        if (!found) {
          await alice.reload();
        }
        return found;
      });
      await releases.click();
      await alice.getByRole('link', { name: 'vouchers', exact: true }).click();
      await alice.getByText('Installed with the template').first().waitFor();
    }),
  );

  it(
    'raise a quota once an admin has approved it',
    journey(async () => {
      await open('Raise a quota');
      await chosen('Cluster', 'staging');
      await choose('Namespace', 'shop-preview');
      await choose('Size', 'Medium');
      await type('Why', 'The sale begins on Monday');
      await press('Review');
      await press('Create');

      const ada = await people.signIn('Ada Lindqvist');
      await ada.goto(`${portal.url}/berth/requests?section=inbox`);
      await ada.getByRole('link', { name: 'Quota of shop-preview' }).click();
      await ada.getByRole('button', { name: 'Approve' }).click();

      expect(
        await useNamespace(
          'shop-preview',
          ...['get', 'resourcequotas', '-o'],
          'jsonpath={.items[*].spec.hard.requests\\.cpu}',
        ),
      ).toBe('8');
    }),
  );
});
