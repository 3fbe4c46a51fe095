import { InputError } from '@backstage/errors';
import { ConnectionStrategy } from '@berth/plugin-berth-node';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { atField } from '../../text/fieldProblems';

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

/** The ways to authenticate to clusters, by the `connection` of clusters. */
export class ConnectionStrategies {
  readonly #strategies = new Map<string, ConnectionStrategy>();

  /** @throws Error if the name is malformed or taken */
  add(name: string, strategy: ConnectionStrategy): this {
    if (!NAME.test(name)) {
      throw new Error(
        `${quoteUntrusted(
          name,
        )} cannot be the name of a connection strategy: it must be at most 63 letters, digits and hyphens, beginning with a letter`,
      );
    }
    if (this.#strategies.has(name)) {
      throw new Error(
        `There is a connection strategy called ${quoteUntrusted(
          name,
        )} already; a module must give its own another name`,
      );
    }
    this.#strategies.set(name, strategy);
    return this;
  }

  names(): string[] {
    return [...this.#strategies.keys()];
  }

  /** @throws InputError if there is no strategy with this name */
  get(name: string): ConnectionStrategy {
    const strategy = this.#strategies.get(name);
    if (!strategy) {
      throw atField(
        new InputError(
          `connection ${quoteUntrusted(
            name,
          )} must be one of ${this.names().join(', ')}`,
        ),
        'connection',
      );
    }
    return strategy;
  }
}
