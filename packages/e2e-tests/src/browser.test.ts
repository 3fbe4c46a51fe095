import { SandboxCluster } from '@berth/cluster-sandbox';
import { runKubectl } from '@berth/control-plane';
import { createKubeconfig } from '@berth/plugin-berth-common';
import { parse } from 'yaml';
import { graveFindings } from './browser/accessibility';
import { describeWithBrowser } from './browser/describeWithBrowser';
import { DevPortal } from './browser/DevPortal';
import { editInTwoWindows } from './browser/editInTwoWindows';
import { fillWithExamples } from './browser/exampleData';
import { EXAMPLE_PAGES } from './browser/examplePages';
import { exampleSession } from './browser/exampleSession';
import { journeysIn } from './browser/journey';
import { tooWideForPhone } from './browser/narrow';
import { openExamplePage } from './browser/openExamplePage';
import { People } from './browser/People';
import {
  applyWithConflict,
  breakCart,
  correctImage,
  readWhyItCrashed,
  reveal,
  scale,
  SECRET_VALUE,
} from './browser/resourceJourney';
import {
  installChart,
  promote,
  readRelease,
  uninstall,
  upgradeAndRollBack,
  upgradeChart,
} from './browser/releaseJourney';
import {
  addCluster,
  copyCommand,
  copyKubeconfig,
  readOnboarding,
  shareWith,
} from './browser/steps';
import { Laptop } from './portal/Laptop';

jest.setTimeout(420_000);
/** The deadline in milliseconds of a test that opens every page. */
const FOR_ALL_PAGES = 600_000;

const storefront = { cluster: 'staging', namespace: 'storefront' };

/**
 * The steps of a newcomer: the main job by mouse and keyboard. The portal does not know the
 * sandbox cluster beforehand, and kubectl uses only what the pages give.
 */
describeWithBrowser('the main job in the browser', () => {
  let portal: DevPortal;
  let people: People;
  let cluster: SandboxCluster;
  const journey = journeysIn(() => ({ portal, people }));

  beforeAll(async () => {
    portal = await DevPortal.start('built');
    people = await People.start(portal.url);
    cluster = await SandboxCluster.start({ name: 'harbour' });
  });

  afterEach(async () => {
    await people?.leave();
  });

  afterAll(async () => {
    await people?.stop();
    await cluster?.stop();
    await portal?.stop();
  });

  it(
    'leads from a new cluster to kubectl in the namespace of a group',
    journey(async () => {
      const ada = await people.signIn('Ada Lindqvist');
      await addCluster(ada, {
        typedName: 'Harbour 1',
        apiServer: cluster.apiServer,
        caPem: cluster.caPem,
      });

      const { issuerUrl, clientId, manifest } = await readOnboarding(
        ada,
        'harbour1',
      );
      cluster.setIssuer({ url: issuerUrl, audience: clientId });
      expect(await asClusterAdmin(['apply', '-f', '-'], manifest)).toContain(
        'clusterrole.rbac.authorization.k8s.io/berth:reconciler created',
      );
      await ada.getByRole('button', { name: 'Check now' }).click();
      await ada.getByText('Connected').first().waitFor();
      await shareWith(ada, 'team-a', 'Team A');

      const alice = await people.signIn('Alice Moreau');
      await alice.getByRole('link', { name: 'harbour1' }).click();
      const kubeconfig = await copyKubeconfig(alice);
      expect(parse(kubeconfig)).toMatchObject({
        'current-context': 'harbour1',
        clusters: [{ cluster: { server: cluster.apiServer } }],
        contexts: [{ context: { namespace: 'team-a' } }],
        users: [{ name: 'user:alice@harbour1' }],
      });

      const outcome = async (...args: string[]) => {
        const { code, stdout, stderr } = await runKubectl(args, { kubeconfig });
        return code === 0 ? stdout.trim() : stderr.trim();
      };
      const configMap = ['create', 'configmap', 'hello', '--from-literal=a=b'];
      expect(await outcome(...configMap)).toBe('configmap/hello created');
      expect(
        await outcome('get', 'configmap', 'hello', '-o', 'jsonpath={.data.a}'),
      ).toBe('b');
      for (const namespace of ['default', 'kube-system']) {
        expect(await outcome(...configMap, '-n', namespace)).toContain(
          `User "user:alice" cannot create resource "configmaps" in API group "" in the namespace "${namespace}"`,
        );
      }
      expect(await outcome('get', 'nodes')).toContain('Forbidden');
    }),
  );

  it(
    'S44 S49 S52 takes a person from Mine to kubectl in six clicks and pastes, and ends the sign-in',
    journey(async () => {
      const laptop = await Laptop.create();
      try {
        const alice = await people.signIn('Alice Moreau');
        await alice.getByRole('tab', { name: 'Mine' }).click();
        let steps = 0;
        const step = <T>(take: () => T): T => {
          steps += 1;
          return take();
        };

        await step(() =>
          alice.getByRole('link', { name: 'Set up kubectl' }).click(),
        );
        const install = await step(() =>
          copyCommand(alice, 'Command to install kubectl-berth'),
        );
        expect(await step(() => laptop.run(install))).toMatchObject({
          code: 0,
        });
        const login = await step(() =>
          copyCommand(alice, 'Command to sign in'),
        );
        const signedIn = step(() => laptop.run(login));
        const page = await alice.context().newPage();
        await page.goto(await laptop.openedLink());
        await step(() =>
          page.getByRole('button', { name: 'Connect kubectl' }).click(),
        );
        const { code, stderr } = await signedIn;
        expect({ code, stderr }).toMatchObject({ code: 0 });
        const words = /these words: ([a-z]+) ([a-z]+) ([a-z]+) ([a-z]+)/;
        expect(stderr).toMatch(words);
        expect(steps).toBe(6);

        const kubectl = (args: string) =>
          laptop.run(`kubectl --context harbour1 ${args}`);
        expect(await kubectl('get pods')).toEqual({
          code: 0,
          stdout: '',
          stderr: 'No resources found in team-a namespace.\n',
        });
        expect((await kubectl('get pods -n kube-system')).stderr).toContain(
          'Forbidden',
        );
        expect(await laptop.kubeconfig()).not.toMatch(/eyJ|PRIVATE KEY/);

        await alice
          .getByRole('button', { name: /^End the sign-in on/ })
          .click();
        await alice
          .getByRole('dialog')
          .getByRole('button', { name: 'End sign-in' })
          .click();
        await alice.getByText(/^The sign-in on .* is ended$/).waitFor();
        await laptop.forgetTokens();
        const refused = await kubectl('get pods');
        expect(refused).toMatchObject({ code: 1, stdout: '' });
        expect(refused.stderr).toContain('user:default/alice ended it');
        expect(refused.stderr).toContain('Run: kubectl berth login');
      } finally {
        await laptop.remove();
      }
    }),
  );

  it(
    'shows a person without groups nothing, and explains why',
    journey(async () => {
      const gus = await people.signIn('Gus Petrov');

      await gus.getByText('You are in no group of the catalog').waitFor();
      expect(await gus.getByRole('link', { name: 'staging' }).count()).toBe(0);
    }),
  );

  it(
    'gives a person access through a parent group',
    journey(async () => {
      const noor = await people.signIn('Noor Haddad');

      await noor.getByRole('link', { name: 'gpulab' }).click();
      const kubeconfig = await copyKubeconfig(noor);
      const { stdout } = await runKubectl(['auth', 'can-i', 'create', 'pods'], {
        kubeconfig,
      });

      expect(parse(kubeconfig).contexts[0].context.namespace).toBe(
        'engineering',
      );
      expect(stdout.trim()).toBe('yes');
    }),
  );

  it(
    'returns to the choice of people on sign-out',
    journey(async () => {
      const bob = await people.signIn('Bob Okafor');

      await bob.getByText('Sign out Bob').click();
      await bob.getByRole('button', { name: 'Ada Lindqvist' }).waitFor();
      await bob.reload();

      await bob.getByRole('button', { name: 'Ada Lindqvist' }).waitFor();
      expect(await bob.getByText('Sign out Bob').count()).toBe(0);
    }),
  );

  describe('with examples in it', () => {
    beforeAll(async () => {
      await fillWithExamples(portal.backendUrl);
    });

    it(
      'saves quota, access and purpose, and keeps the changes of two admins who edit at the same time',
      journey(async () => {
        // Browsers hide most headers of another origin from a page.
        expect(new URL(portal.url).origin).not.toBe(
          new URL(portal.backendUrl).origin,
        );
        const first = await people.signIn('Ada Lindqvist');
        const second = await people.signIn('Ada Lindqvist');
        const saved = await editInTwoWindows(first, second, storefront);
        await first.close();
        await second.close();

        const ada = await exampleSession(portal.backendUrl, 'ada');
        expect(await ada.getNamespace(storefront)).toMatchObject(saved);
      }),
    );

    it(
      'S57 S58 finds the crashing pod of a team, corrects, scales and applies, and shows no secret but the revealed one',
      journey(async () => {
        const session = await exampleSession(portal.backendUrl, 'alice');
        await breakCart(session);
        const alice = await people.signIn('Alice Moreau');
        const leaks: string[] = [];
        const hidden = [SECRET_VALUE, btoa(SECRET_VALUE)];
        const shows = (text: string) => hidden.some(one => text.includes(one));
        alice.on('response', response => {
          const { pathname } = new URL(response.url());
          const isText = /json|yaml|text/.test(
            response.headers()['content-type'] ?? '',
          );
          if (isText && pathname.startsWith('/api/')) {
            response
              .text()
              .then(text => shows(text) && leaks.push(pathname))
              // The page went on before the answer was complete.
              .catch(() => {});
          }
        });

        await readWhyItCrashed(alice);
        await correctImage(alice);
        await scale(alice);
        await applyWithConflict(alice);
        await reveal(alice);
        await readRelease(alice);

        const stored = await alice.evaluate(() =>
          JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
        );
        expect(shows(stored)).toBe(false);
        expect(shows(portal.log)).toBe(false);
        expect(leaks).toEqual([
          '/api/berth/clusters/staging/objects/core/secrets/cart-keys/reveal',
        ]);
        const { items } = await session.listActivity({
          event: 'secret-reveal',
        });
        expect(items).toMatchObject([
          { actor: 'user:default/alice', outcome: 'Succeeded' },
        ]);
      }),
    );

    it(
      'installs a chart by the form where the rules allow it, upgrades it, copies it to the next cluster, changes a value, rolls back, and uninstalls a release with what stays',
      journey(async () => {
        const alice = await people.signIn('Alice Moreau');
        await installChart(alice);
        await upgradeChart(alice);
        await promote(alice);
        await upgradeAndRollBack(alice);
        await uninstall(alice);
        const session = await exampleSession(portal.backendUrl, 'alice');
        const { items } = await session.listHelmOperations();
        expect(items.map(one => [one.kind, one.cluster, one.state])).toEqual([
          ['uninstall', 'staging', 'Succeeded'],
          ['rollback', 'staging', 'Succeeded'],
          ['upgrade', 'staging', 'Succeeded'],
          ['install', 'gpulab', 'Succeeded'],
          ['upgrade', 'staging', 'Succeeded'],
          ['install', 'staging', 'Succeeded'],
        ]);
      }),
    );

    it.each(['light', 'dark'] as const)(
      'B23 is accessible in %s colours, and fits a phone',
      async colorScheme => {
        await journey(async () => {
          const findings: Record<string, string[]> = {};
          for (const [person, pages] of EXAMPLE_PAGES) {
            const look = { width: 1280, height: 800, colorScheme };
            const page = await people.signIn(person, look);
            for (const example of pages) {
              await openExamplePage(page, example);
              findings[example.name] = await graveFindings(page);
              if (colorScheme === 'light') {
                const tooWide = await tooWideForPhone(page);
                findings[example.name].push(...tooWide);
              }
            }
            await page.close();
          }

          const names = [...EXAMPLE_PAGES.values()].flat();
          expect(findings).toEqual(
            Object.fromEntries(names.map(({ name }) => [name, []])),
          );
        })();
      },
      FOR_ALL_PAGES,
    );
  });

  async function asClusterAdmin(args: string[], input: string) {
    const kubeconfig = createKubeconfig([
      {
        cluster: 'harbour',
        apiServer: cluster.apiServer,
        caData: Buffer.from(cluster.caPem).toString('base64'),
        username: 'admin',
        token: cluster.adminToken,
      },
    ]);
    const result = await runKubectl(args, { kubeconfig, input });
    expect({ args, ...result }).toMatchObject({ code: 0 });
    return result.stdout;
  }
});
