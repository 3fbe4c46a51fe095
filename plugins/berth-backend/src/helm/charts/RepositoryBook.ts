import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import * as z from 'zod';
import { KeyCipher } from '../../crypto/KeyCipher';
import { atField } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { RepositoryRow } from './chartRows';
import { forgetFormer } from './forgetFormer';
import {
  assertNames,
  parseAddress,
  parseCa,
  parseKeyring,
  updateRepositorySchema,
} from './repositoryRequests';
import { RepositorySeal } from './RepositorySeal';
import { MOST_REPOSITORIES } from './settings';
import { onlyColumn } from './shownCharts';
import { RepositoryAddress, RepositorySettings } from './types';

export interface RepositoryBookOptions {
  knex: Knex;
  cipher: KeyCipher;
  /** The repositories of the configuration. */
  configured: RepositorySettings[];
  httpOnLoopback: boolean;
}

/** The chart repositories: those of the configuration, and those that platform admins added, in `helm_repositories`. */
export class RepositoryBook {
  readonly #options: RepositoryBookOptions;
  readonly #configured: ReadonlyMap<string, RepositorySettings>;
  readonly #seal: RepositorySeal;

  /** Writes the repositories of the configuration, and removes those that it no longer has, with their charts. */
  static async open(options: RepositoryBookOptions): Promise<RepositoryBook> {
    const book = new RepositoryBook(options);
    await book.#writeConfigured();
    await book.#reencrypt();
    return book;
  }

  private constructor(options: RepositoryBookOptions) {
    this.#options = options;
    this.#seal = new RepositorySeal(options.cipher, options.httpOnLoopback);
    this.#configured = new Map(
      options.configured.map(repository => [repository.name, repository]),
    );
  }

  async addresses(): Promise<RepositoryAddress[]> {
    return this.#rows().select('name', 'url').orderBy('name');
  }

  /** @throws NotFoundError; ChartError if its credential cannot be read */
  async get(name: string): Promise<RepositorySettings> {
    const row = await this.#rows().where({ name }).first();
    const found =
      row?.source === 'Portal'
        ? await this.#ofPortal(row)
        : row && this.#configured.get(name);
    if (!found) {
      throw unknownRepository(name);
    }
    return found;
  }

  /** @throws ConflictError if the name is taken, or if there are too many */
  async add(settings: RepositorySettings): Promise<void> {
    const { name, url } = settings;
    await this.#options.knex.transaction(async trx => {
      const rows = () => trx<RepositoryRow>('helm_repositories');
      const [{ count }] = await rows().count({ count: '*' });
      if (Number(count) >= MOST_REPOSITORIES) {
        throw new ConflictError(
          `There are ${count} chart repositories, and there may be at most ${MOST_REPOSITORIES}`,
        );
      }
      const added = await rows()
        .insert({
          name,
          url,
          source: 'Portal',
          ...publicColumns(settings),
          credential: await this.#seal.seal(settings),
        })
        .onConflict('name')
        .ignore()
        .returning('name');
      if (added.length === 0) {
        throw atField(
          new ConflictError(
            `There is a chart repository ${quoteUntrusted(name)}`,
          ),
          'name',
        );
      }
    });
  }

  /** @throws NotFoundError; ConflictError for a repository of the configuration; InputError naming the field */
  async change(
    name: string,
    change: z.output<typeof updateRepositorySchema>,
  ): Promise<RepositorySettings> {
    const { httpOnLoopback, knex } = this.#options;
    return knex.transaction(async trx => {
      const row = await this.#changeable(trx, name);
      // A credential that cannot be read can be replaced.
      const before = await this.#ofPortal({
        ...row,
        ...(change.credential !== undefined && { credential: null }),
      });
      const after: RepositorySettings = {
        name,
        url:
          change.url === undefined
            ? before.url
            : parseAddress(change.url, httpOnLoopback),
        credential: changed(before.credential, change.credential),
        caPem: changed(
          before.caPem,
          typeof change.caData === 'string'
            ? parseCa(change.caData)
            : change.caData,
        ),
        keyring: changed(
          before.keyring,
          typeof change.keyringData === 'string'
            ? parseKeyring(change.keyringData)
            : change.keyringData,
        ),
        charts: changed(before.charts, change.charts),
      };
      assertNames(after.url, after.charts);
      if (change.credential === undefined) {
        this.#assertSameOrigin(before, after);
      }
      await forgetFormer(trx, after);
      await trx<RepositoryRow>('helm_repositories')
        .where({ name })
        .update({
          url: after.url,
          ...publicColumns(after),
          credential: await this.#seal.seal(after),
        });
      return after;
    });
  }

  /** @throws NotFoundError; ConflictError for a repository of the configuration */
  async remove(name: string): Promise<void> {
    await this.#options.knex.transaction(async trx => {
      await this.#changeable(trx, name);
      await trx('helm_repositories').where({ name }).delete();
    });
  }

  async #changeable(trx: Knex, name: string): Promise<RepositoryRow> {
    const row = await trx<RepositoryRow>('helm_repositories')
      .where({ name })
      .forUpdate()
      .first();
    if (!row) {
      throw unknownRepository(name);
    }
    if (row.source === 'Configuration') {
      throw new ConflictError(
        `The repository ${quoteUntrusted(
          name,
        )} is in the configuration of the portal, under berth.helm.repositories, and only changes there`,
      );
    }
    return row;
  }

  /** A new address may belong to someone who must not see the credential. */
  #assertSameOrigin(before: RepositorySettings, after: RepositorySettings) {
    if (
      before.credential &&
      this.#seal.originOf(before.url) !== this.#seal.originOf(after.url)
    ) {
      throw atField(
        new InputError(
          'credential is missing: the new address has another host, and the portal does not send it the credential of the former one. Give a credential, or null',
        ),
        'credential',
      );
    }
  }

  async #ofPortal(row: RepositoryRow): Promise<RepositorySettings> {
    const { name, url } = row;
    const credential = await this.#seal.open(row, row.credential);
    return {
      name,
      url,
      ...(credential && { credential }),
      ...(row.ca_pem !== null && { caPem: row.ca_pem }),
      ...(row.keyring !== null && { keyring: row.keyring }),
      ...(row.only !== null && { charts: JSON.parse(row.only) }),
    };
  }

  /** A name of the configuration takes the place of a repository that an admin added. */
  async #writeConfigured(): Promise<void> {
    const { configured, knex } = this.#options;
    await this.#rows()
      .where({ source: 'Configuration' })
      .whereNotIn('name', [...this.#configured.keys()])
      .delete();
    for (const settings of configured) {
      await knex.transaction(async trx => {
        await forgetFormer(trx, settings);
        await trx<RepositoryRow>('helm_repositories')
          .insert({
            name: settings.name,
            url: settings.url,
            source: 'Configuration',
            ...publicColumns(settings),
            credential: null,
          })
          .onConflict('name')
          .merge();
      });
    }
  }

  /** Encrypts with the first secret, so that the other secrets can be removed. */
  async #reencrypt(): Promise<void> {
    for (const { name, credential } of await this.#rows()) {
      const renewed = credential && (await this.#seal.renew(credential));
      if (renewed) {
        await this.#rows()
          .where({ name, credential })
          .update({ credential: renewed });
      }
    }
  }

  #rows() {
    return this.#options.knex<RepositoryRow>('helm_repositories');
  }
}

function publicColumns(settings: RepositorySettings) {
  const { caPem, charts, credential, keyring } = settings;
  return {
    ca_pem: caPem ?? null,
    keyring: keyring ?? null,
    only: onlyColumn(charts),
    has_credential: credential !== undefined,
  };
}

/** An absent field stays as it is, and null removes it. */
function changed<T>(
  before: T | undefined,
  after: T | null | undefined,
): T | undefined {
  return after === undefined ? before : after ?? undefined;
}

export function unknownRepository(name: string): NotFoundError {
  return new NotFoundError(
    `There is no chart repository ${quoteUntrusted(name)}`,
  );
}
