import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';
import { createHmac, hkdfSync } from 'node:crypto';
import { KubeObject } from '../../kube';
import { PULL_SECRET_TYPE, pullSecretName } from '../../model/pullSecrets';
import { readPullSecrets, SETTING } from './readPullSecrets';
import { PullSecret } from './types';

/** Shows the admin of a cluster whether a Secret has other content than before, without the content. */
export const VERSION_ANNOTATION = 'berth.dev/pull-secret-version';

const PURPOSE = 'berth pull secrets';
const VERSION_LENGTH = 32;

export interface PullSecretsOptions {
  /** The first is the key of the versions. */
  encryptionSecrets: string[];
  logger: Pick<LoggerService, 'info' | 'warn'>;
}

/**
 * The pull secrets of the configuration. Only `filled` returns their content. A version is an HMAC of the content: a
 * plain hash in the database or on a cluster would let its readers try passwords.
 */
export class PullSecrets {
  readonly #key: Uint8Array;
  readonly #logger: PullSecretsOptions['logger'];
  #secrets: ReadonlyMap<string, PullSecret>;

  static create(
    secrets: PullSecret[],
    options: PullSecretsOptions,
  ): PullSecrets {
    return new PullSecrets(secrets, options);
  }

  private constructor(
    secrets: PullSecret[],
    { encryptionSecrets: [secret = ''], logger }: PullSecretsOptions,
  ) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', PURPOSE, 32));
    this.#logger = logger;
    this.#secrets = bySecretName(secrets);
  }

  /** The names in the configuration. */
  get names(): string[] {
    return [...this.#secrets.values()].map(({ name }) => name);
  }

  /** Returns a Secret without content, with the version of the content that it should have. */
  withVersion(secret: KubeObject): KubeObject {
    const { metadata } = secret;
    return {
      ...secret,
      metadata: {
        ...metadata,
        annotations: {
          ...metadata.annotations,
          [VERSION_ANNOTATION]: this.#versionOf(this.#of(metadata.name)),
        },
      },
    };
  }

  /** Returns a Secret with its content and the version of that content. */
  filled(secret: KubeObject): KubeObject {
    const { registry, username, password } = this.#of(secret.metadata.name);
    const auth = base64(`${username}:${password}`);
    const content = { auths: { [registry]: { username, password, auth } } };
    return {
      ...this.withVersion(secret),
      ...{
        type: PULL_SECRET_TYPE,
        data: { '.dockerconfigjson': base64(JSON.stringify(content)) },
      },
    };
  }

  /**
   * Follows changes of the configuration.
   *
   * @param onChange - called when a Secret should have other content
   */
  follow(config: Config, onChange: () => void): { unsubscribe: () => void } {
    return (
      config.subscribe?.(() => this.#read(config, onChange)) ?? {
        unsubscribe: () => {},
      }
    );
  }

  #read(config: Config, onChange: () => void): void {
    try {
      const secrets = bySecretName(readPullSecrets(config));
      const gone = [...this.#secrets.keys()].filter(name => !secrets.has(name));
      if (gone.length > 0) {
        this.#logger.warn(
          `${SETTING} lacks ${gone.join(
            ', ',
          )} now, which takes effect at the next start of the backend`,
        );
      }
      // A name that is gone must not keep a changed password of another one from the clusters.
      const next = new Map(
        [...this.#secrets].map(([name, before]) => [
          name,
          secrets.get(name) ?? before,
        ]),
      );
      const changed = [...this.#secrets].some(
        ([name, before]) =>
          this.#versionOf(before) !== this.#versionOf(next.get(name)),
      );
      if (changed) {
        this.#secrets = next;
        this.#logger.info(
          `${SETTING} changed; the clusters get the new values`,
        );
        onChange();
      }
    } catch (error) {
      this.#logger.warn(
        `The changed ${SETTING} is not used: ${toError(error).message}`,
      );
    }
  }

  #of(secretName: string): PullSecret {
    const secret = this.#secrets.get(secretName);
    if (!secret) {
      throw new Error(`${SETTING} has none for the Secret ${secretName}`);
    }
    return secret;
  }

  #versionOf(secret: PullSecret | undefined): string {
    const { registry, username, password } = secret ?? {};
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([registry, username, password]))
      .digest('hex')
      .slice(0, VERSION_LENGTH);
  }
}

function bySecretName(secrets: PullSecret[]): ReadonlyMap<string, PullSecret> {
  return new Map(secrets.map(one => [pullSecretName(one.name), one]));
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
