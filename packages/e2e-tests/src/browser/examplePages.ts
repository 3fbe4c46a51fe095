import { generateKeyPairSync } from 'node:crypto';
import { Locator, Page } from 'playwright-core';
import { enterValues, select } from './releaseJourney';

/** A page of Berth as one of the example people sees it. */
export interface ExamplePage {
  /** The name of the picture. */
  name: string;
  path: string;
  /** An element that appears only when the page has loaded completely. */
  shows: (page: Page) => Locator;
  /** Opens a part of the page that the page shows on demand, such as a dialog. */
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

/** A person in the activity log. Who is on its first page depends on what ran before. */
const anyone = link(/^(Ada|Alice|Bob) /);

const STAGING = '/berth/clusters/staging';
const CHECKOUT = `${STAGING}/namespaces/checkout`;

/** Returns a link as `kubectl berth login` makes it on a computer without a browser. Each key connects once. */
function connectLink(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const query = new URLSearchParams({
    key: `${x}.${y}`,
    name: 'laptop-x',
    system: 'linux',
    version: '0.1.0',
  });
  return `/berth/kubectl/connect?${query}`;
}

/** Opens a request from the list, because its address is not known beforehand. */
const openRequest =
  (title: string, lastActor: string) => async (page: Page) => {
    await link(title)(page).click();
    await heading(title)(page).waitFor();
    // Until the catalog returns the names of people, the page shows the names of their entities.
    await page.getByRole('link', { name: lastActor }).last().waitFor();
    await page.waitForLoadState('networkidle');
  };

/** The pages of a platform admin. */
const ADAS: ExamplePage[] = [
  {
    name: 'resources-pods',
    path: '/berth/resources/workloads?kind=core/pods&column=Node',
    shows: text(/^\d+ objects\./),
  },
  {
    name: 'resources-nodes',
    path: '/berth/resources/nodes',
    shows: text(/^\d+ objects\./),
  },
  { name: 'helm', path: '/berth/helm', shows: link('orders') },
  { name: 'clusters', path: '/berth/clusters', shows: link('staging') },
  { name: 'cluster-overview', path: STAGING, shows: text(/\d+ checks/) },
  {
    name: 'cluster-access',
    path: `${STAGING}/access`,
    shows: button(/^Stop sharing with/),
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
    name: 'cluster-profile',
    path: `${STAGING}/profile`,
    shows: button('Preview'),
  },
  {
    name: 'cluster-plan',
    path: `${STAGING}/plan`,
    shows: heading('Other role bindings'),
  },
  {
    name: 'cluster-activity',
    path: `${STAGING}/activity`,
    shows: anyone,
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
    name: 'namespace-edit',
    path: CHECKOUT,
    shows: text(/^CPU requests/),
    open: async page => {
      await button('Edit')(page).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('textbox', { name: /^Purpose/ })
        .fill('The checkout of the shop, and its database');
      await dialog.getByText('What will happen').waitFor();
      // Until the catalog returns the groups, the page shows the entity name of the owner.
      await page.waitForLoadState('networkidle');
    },
  },
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
    shows: anyone,
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
  {
    name: 'request-decide',
    path: '/berth/requests?section=inbox',
    shows: link('Quota of storefront'),
    open: async page => {
      await openRequest('Quota of storefront', 'Alice Moreau')(page);
      // The picture also shows the used, allowed and remaining quota.
      await heading('Your decision')(page).evaluate(one =>
        one.scrollIntoView(),
      );
    },
  },
  {
    name: 'activity',
    path: '/berth/activity',
    shows: anyone,
  },
  {
    name: 'entity-group',
    path: '/catalog/default/group/team-a/kubernetes-access',
    shows: link('checkout'),
  },
];

/**
 * The pages of a person who works in namespaces. A dialog stays open until the address changes, so a page with
 * a dialog does not precede another page with its address.
 */
const FOR_ALICE: ExamplePage[] = [
  { name: 'mine', path: '/berth/mine', shows: link('checkout') },
  {
    name: 'kubeconfig',
    path: STAGING,
    shows: heading('staging'),
    open: async page => {
      await button(/^Kubeconfig/)(page).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('kubectl berth login').first().waitFor();
    },
  },
  {
    name: 'set-up-kubectl',
    path: '/berth/kubectl',
    shows: text('kubectl --context staging get pods'),
  },
  {
    name: 'token-file',
    path: '/berth/kubectl',
    shows: heading('Your devices'),
    open: async page => {
      await button('Get a token')(page).click();
      await page.getByRole('dialog').getByText('export KUBECONFIG').waitFor();
    },
  },
  {
    name: 'connect-kubectl',
    get path() {
      return connectLink();
    },
    shows: heading('Connect kubectl on laptop-x?'),
  },
  {
    name: 'connect-kubectl-code',
    get path() {
      return connectLink();
    },
    shows: heading('Connect kubectl on laptop-x?'),
    open: async page => {
      await button('Connect kubectl')(page).click();
      await page.getByRole('timer').waitFor();
    },
  },
  {
    name: 'connect-kubectl-bad-link',
    path: '/berth/kubectl/connect',
    shows: heading('This link is not complete'),
  },
  {
    name: 'kubeconfig-token',
    path: STAGING,
    shows: heading('staging'),
    open: async page => {
      await button(/^Kubeconfig/)(page).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Get a token' }).click();
      await dialog.getByText('apiVersion').first().waitFor();
    },
  },
];

const WEB = `${STAGING}/objects/apps/deployments/checkout/web`;

/** The pages of what runs in a namespace of the person. */
const OBJECTS: ExamplePage[] = [
  {
    name: 'object',
    path: WEB,
    shows: link(/^web-/),
  },
  {
    name: 'object-yaml',
    path: `${WEB}/yaml?edit`,
    shows: page => page.getByRole('textbox', { name: /^YAML of web/ }),
  },
  {
    name: 'object-logs',
    path: `${WEB}/logs`,
    shows: text(/GET \/healthz/),
  },
  {
    name: 'object-actions',
    path: WEB,
    shows: link(/^web-/),
    open: async page => {
      await button(/^Actions for/)(page).click();
      await page.getByRole('menuitem', { name: 'Scale…' }).waitFor();
    },
  },
];

/** The pages of an object for which a person opens something. */
const OPENED_OBJECTS: ExamplePage[] = [
  {
    name: 'object-values',
    path: `${STAGING}/objects/core/configmaps/checkout/web-settings`,
    shows: button('Edit values'),
    open: async page => {
      await button('Edit values')(page).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^shop.yaml/ }).click();
      await dialog.getByRole('textbox', { name: /^Value of/ }).waitFor();
    },
  },
  {
    name: 'object-terminal',
    path: `${WEB}/pods`,
    shows: link(/^web-/),
    open: async page => {
      await link(/^web-/)(page).click();
      await button('Terminal')(page).click();
      await page
        .getByRole('dialog')
        .locator('.xterm-rows', { hasText: '$' })
        .waitFor();
    },
  },
];

/** The lists of what runs, as a person without rights on whole clusters sees them. */
const ALICES_RESOURCES: ExamplePage[] = [
  {
    name: 'resources-deployments',
    path: '/berth/resources/workloads',
    shows: text(/^\d+ objects\./),
  },
];

/** The charts and their repositories, which everyone sees. */
const CHARTS: ExamplePage[] = [
  {
    name: 'helm-charts',
    path: '/berth/helm/charts',
    shows: link('web'),
  },
  {
    name: 'helm-chart',
    path: '/berth/helm/charts/examples/web',
    shows: heading('Before you install it'),
  },
  {
    name: 'helm-chart-versions',
    path: '/berth/helm/charts/examples/web/versions',
    shows: text('1.4.1'),
  },
  {
    name: 'helm-repositories',
    path: '/berth/helm/repositories',
    shows: text('examples-registry'),
  },
];

const RELEASE = `${STAGING}/namespaces/team-a/releases/checkout`;

/** The page of a Helm release in a namespace of the person. */
const RELEASES: ExamplePage[] = [
  {
    name: 'helm-release',
    path: RELEASE,
    shows: text(/^\d+ objects\./),
  },
  {
    name: 'helm-history',
    path: `${RELEASE}/history?from=1&to=2`,
    shows: page =>
      page.getByRole('region', { name: 'Difference of the values' }),
  },
  {
    name: 'helm-values',
    path: `${RELEASE}/values`,
    shows: page => page.getByRole('textbox', { name: 'Values of checkout' }),
  },
  {
    name: 'helm-upgrade',
    path: `${RELEASE}/upgrade`,
    shows: page => page.getByRole('textbox', { name: 'Replicas' }),
  },
  {
    name: 'helm-elsewhere',
    path: `${RELEASE}/elsewhere`,
    shows: page => page.getByRole('textbox', { name: /^Values for/ }),
    open: async page => {
      await select(page, /repository/i, /^examples$/);
      await select(page, /Cluster/, /^gpulab/);
      await select(page, /Namespace/, /^team-a/);
      await text(/^Copy the hidden values/)(page).click();
      await button('Check')(page).click();
      // Whether the promotion rule allows it depends on what ran before.
      await page
        .getByRole('region', { name: 'Difference of Deployment checkout' })
        .waitFor();
    },
  },
  {
    name: 'helm-install',
    path: '/berth/helm/charts/examples/web/install?version=1.4.1&cluster=staging&namespace=team-a',
    shows: page => page.getByRole('textbox', { name: 'Replicas' }),
    open: async page => {
      await enterValues(page, 'web', 'database: { password: example }');
      await page
        .getByRole('textbox', { name: 'Values of the chart web 1.4.1' })
        .waitFor();
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page
        .getByRole('region', { name: 'Difference of Deployment web' })
        .waitFor();
    },
  },
  {
    name: 'helm-operation',
    path: `${RELEASE}/history`,
    shows: button('Roll back to revision 2'),
    open: async page => {
      await button('Roll back to revision 2')(page).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('region', { name: 'What would change' }).waitFor();
      await dialog
        .getByRole('button', { name: 'Roll back to revision 2' })
        .click();
      await text('The operation succeeded')(page).waitFor();
    },
  },
];

/** The pages of a person who makes requests. */
const ALICES_REQUESTS: ExamplePage[] = [
  {
    name: 'requests',
    path: '/berth/requests',
    shows: link('Namespace shop-preview'),
  },
  {
    name: 'request-ready',
    path: '/berth/requests',
    shows: link('Namespace shop-preview'),
    open: openRequest('Namespace shop-preview', 'Ada Lindqvist'),
  },
  {
    name: 'new-request',
    path: '/berth/requests/new?kind=namespace&cluster=staging&group=group:default/team-a',
    shows: button('Submit request'),
    open: async page => {
      const field = (name: RegExp) => page.getByRole('textbox', { name });
      await field(/^Why you need it/).fill('What customers send back');
      await field(/^Name/).fill('returns');
      await text(/^Needs the approval of/)(page).waitFor();
      await heading('New request')(page).scrollIntoViewIfNeeded();
    },
  },
];

/** The pages that each person sees, with the data of `fillWithExamples`. */
export const EXAMPLE_PAGES: ReadonlyMap<string, ExamplePage[]> = new Map([
  ['Ada Lindqvist', ADAS],
  [
    'Alice Moreau',
    [
      ...FOR_ALICE,
      ...ALICES_RESOURCES,
      ...CHARTS,
      ...RELEASES,
      ...OBJECTS,
      ...OPENED_OBJECTS,
      ...ALICES_REQUESTS,
    ],
  ],
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
