import { runKubectl } from '@berth/control-plane';
import { Page } from 'playwright-core';
import { describeWithBrowser } from './browser/describeWithBrowser';
import { DevPortal } from './browser/DevPortal';
import { People } from './browser/People';
import { copyKubeconfig } from './browser/steps';

jest.setTimeout(420_000);

/** The templates of the dev portal, from the form to a namespace that kubectl can use. */
describeWithBrowser('the templates', () => {
  let portal: DevPortal;
  let people: People;
  let alice: Page;

  beforeAll(async () => {
    portal = await DevPortal.start();
    people = await People.start(portal.url);
    alice = await people.signIn('Alice Moreau');
  });

  afterAll(async () => {
    await people?.stop();
    await portal?.stop();
  });

  /** Runs a test that leaves pictures and the portal's words behind if it fails. */
  function journey(test: () => Promise<void>) {
    return async () => {
      try {
        await test();
        expect(people.errors).toEqual([]);
      } catch (error) {
        await people.photograph();
        throw new Error(
          `${error}\n\nThe portal wrote:\n${portal.log.slice(-3000)}`,
          { cause: error },
        );
      }
    };
  }

  async function open(title: string) {
    // Not by the sidebar: the dialog of the test before lies over it.
    await alice.goto(`${portal.url}/create`);
    const template = alice
      .locator('.MuiCard-root')
      .filter({ has: alice.getByRole('heading', { name: title }) });
    await template.getByRole('button', { name: 'Choose' }).click();
  }

  async function choose(field: string, option: string) {
    await alice.getByRole('button', { name: new RegExp(field) }).click();
    await alice.getByRole('option', { name: new RegExp(`^${option}`) }).click();
  }

  const type = (field: string, text: string) =>
    alice.getByRole('textbox', { name: new RegExp(field) }).fill(text);

  const press = (name: string) =>
    alice.getByRole('button', { name, exact: true }).click();

  /** On the page of a task that has ended: opens the namespace, and uses it as the page says. */
  async function useNamespace(name: string, ...args: string[]) {
    await alice.getByRole('link', { name: 'The namespace' }).click();
    await alice.getByRole('heading', { name }).waitFor();
    const kubeconfig = await copyKubeconfig(alice);
    const { code, stdout, stderr } = await runKubectl(args, { kubeconfig });
    return code === 0 ? stdout.trim() : stderr.trim();
  }

  it(
    'give a namespace that kubectl can use',
    journey(async () => {
      await open('Request a namespace');
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
});
