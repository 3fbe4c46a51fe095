import { Locator, Page } from 'playwright-core';

/** A page of Berth as one of the example people sees it. */
export interface ExamplePage {
  /** Name of the picture. */
  name: string;
  path: string;
  /** What is on it only when all has been loaded. */
  shows: (page: Page) => Locator;
  /** Opens what the page opens itself on demand. */
  open?: (page: Page) => Promise<void>;
}

const text = (what: string | RegExp) => (page: Page) =>
  page.getByText(what).first();
const heading = (name: string) => (page: Page) =>
  page.getByRole('heading', { name }).first();
const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first();
const link = (name: string | RegExp) => (page: Page) =>
  page.getByRole('link', { name }).first();

const STAGING = '/berth/clusters/staging';
const CHECKOUT = `${STAGING}/namespaces/checkout`;

/** Those of a platform admin. */
const ADAS: ExamplePage[] = [
  { name: 'clusters', path: '/berth/clusters', shows: link('staging') },
  { name: 'cluster-overview', path: STAGING, shows: heading('Capacity') },
  {
    name: 'cluster-access',
    path: `${STAGING}/access`,
    shows: button(/^Remove/),
  },
  {
    name: 'cluster-onboarding',
    path: `${STAGING}/onboarding`,
    shows: heading('Check'),
  },
  {
    name: 'cluster-settings',
    path: `${STAGING}/settings`,
    shows: button('Save settings'),
  },
  {
    name: 'cluster-plan',
    path: `${STAGING}/plan`,
    shows: heading('Foreign role bindings'),
  },
  {
    name: 'cluster-activity',
    path: `${STAGING}/activity`,
    shows: link('Ada Lindqvist'),
  },
  { name: 'add-cluster', path: '/berth/add', shows: button('Add cluster') },
  {
    name: 'namespaces',
    path: '/berth/namespaces',
    shows: link('checkout'),
  },
  {
    name: 'create-namespace',
    path: '/berth/namespaces?cluster=staging',
    shows: link('checkout'),
    open: async page => {
      await button('Create namespace')(page).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: /^Name/ }).fill('returns');
      await dialog.getByText('is free on').waitFor();
    },
  },
  { name: 'namespace-overview', path: CHECKOUT, shows: text(/^CPU requests/) },
  {
    name: 'namespace-access',
    path: `${CHECKOUT}/access`,
    shows: button('Add group'),
  },
  {
    name: 'namespace-quota',
    path: `${CHECKOUT}/quota`,
    shows: button('Save quota'),
  },
  {
    name: 'namespace-activity',
    path: `${CHECKOUT}/activity`,
    shows: link('Ada Lindqvist'),
  },
  {
    name: 'namespace-delete',
    path: `${CHECKOUT}/danger`,
    shows: button('Delete namespace'),
  },
  {
    name: 'quotas',
    path: '/berth/quotas?cluster=staging',
    shows: link('checkout'),
  },
];

/** Those of somebody who works in namespaces. */
const ALICES: ExamplePage[] = [
  { name: 'mine', path: '/berth/mine', shows: link('checkout') },
  {
    name: 'set-up-kubectl',
    path: '/berth/mine',
    shows: link('checkout'),
    open: async page => {
      await button('Set up kubectl')(page).click();
      await page.getByRole('dialog').getByText('KUBECONFIG').first().waitFor();
    },
  },
  {
    name: 'kubeconfig',
    path: STAGING,
    shows: heading('staging'),
    open: async page => {
      await button(/^Kubeconfig/)(page).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('apiVersion').first().waitFor();
    },
  },
];

/** Who sees which pages; the data is that of `fillWithExamples`. */
export const EXAMPLE_PAGES: ReadonlyMap<string, ExamplePage[]> = new Map([
  ['Ada Lindqvist', ADAS],
  ['Alice Moreau', ALICES],
  [
    'Gus Petrov',
    [
      {
        name: 'mine-empty',
        path: '/berth/mine',
        shows: text('You are in no group of the catalog'),
      },
    ],
  ],
]);

/**
 * Opens a page and waits until it shows all that it is going to.
 *
 * @param page - in which somebody has signed in
 */
export async function openExamplePage(
  page: Page,
  { path, shows, open }: ExamplePage,
): Promise<void> {
  await page.evaluate(goTo, path);
  // Nothing is to look hovered.
  const { width, height } = page.viewportSize()!;
  await page.mouse.move(width - 1, height - 1);
  await shows(page).waitFor();
  await page.waitForLoadState('networkidle');
  await open?.(page);
  await page.evaluate(finishAnimations);
}

/** As a link in the portal does: loading its unminified bundle anew each time takes ten seconds and more. */
function goTo(path: string): void {
  window.history.pushState({}, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/**
 * Pictures and colours are those of the end, however long dialogs and lists take to appear. Animations that
 * follow scrolling, such as shadows of what is scrolled away, are where they should be.
 */
function finishAnimations(): void {
  for (const animation of document.getAnimations()) {
    const isTimed = animation.timeline instanceof DocumentTimeline;
    if (isTimed && animation.effect?.getComputedTiming().endTime !== Infinity) {
      animation.finish();
    }
  }
}
