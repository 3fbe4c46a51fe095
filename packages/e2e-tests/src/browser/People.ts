import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser, BrowserContext, chromium, Page } from 'playwright-core';
import { ROOT } from '../root';
import { chromiumFile } from './describeWithBrowser';

export const ARTIFACTS = join(ROOT, 'e2e-artifacts');
/** The dev server delays requests while it builds, which takes long on a busy machine. */
const STEP_DEADLINE_MS = 90_000;

export const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The settings of a person's browser window. */
export interface Look {
  width: number;
  height: number;
  /** The colour scheme that the person's system prefers, which the portal follows. */
  colorScheme: 'light' | 'dark';
}

const USUAL_LOOK: Look = { width: 1400, height: 900, colorScheme: 'light' };

/** Example people who use Chromium, each in a separate window. */
export class People {
  readonly #browser: Browser;
  readonly #url: string;
  readonly #pages = new Map<string, Page>();
  readonly #errors: string[] = [];

  private constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  static async start(url: string): Promise<People> {
    const browser = await chromium.launch({
      executablePath: chromiumFile(),
      args: ARGUMENTS,
    });
    return new People(browser, url);
  }

  /** Uncaught errors of all pages so far. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  /** Opens the portal, signs in through the sign-in page, and goes to the clusters. */
  async signIn(name: string, look: Look = USUAL_LOOK): Promise<Page> {
    const { width, height, colorScheme } = look;
    const context: BrowserContext = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme,
      // The portals of the tests have their own certificates.
      ignoreHTTPSErrors: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    this.#pages.set(name, page);
    page.once('close', () => this.#pages.delete(name));
    page.setDefaultTimeout(STEP_DEADLINE_MS);
    page.on('pageerror', error => this.#errors.push(`${name}: ${error}`));

    await page.goto(this.#url);
    await page.getByRole('button', { name }).click();
    await page.getByRole('tab', { name: 'Clusters' }).click();
    await page.getByRole('heading', { name: 'Clusters' }).waitFor();
    return page;
  }

  /** Closes the windows of all persons, so that their pages do not delay later tests. */
  async leave(): Promise<void> {
    for (const context of this.#browser.contexts()) {
      await context.close();
    }
  }

  /** Saves a screenshot of the current page of each person. */
  async photograph(): Promise<void> {
    await mkdir(ARTIFACTS, { recursive: true });
    for (const [name, page] of this.#pages) {
      const file = `${name
        .replace(/\W+/g, '-')
        .toLocaleLowerCase('en-US')}.png`;
      await page.screenshot({ path: join(ARTIFACTS, file), fullPage: true });
    }
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}
