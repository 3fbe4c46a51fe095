import { AuthService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  berthTokenCreatePermission,
  ConnectDeviceRequest,
  ConnectedDevice,
} from '@berth/plugin-berth-common';
import { createHash, randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import { AbsentCaller, Caller } from '../access/Callers';
import { CatalogPersonResolver } from '../access/CatalogPersonResolver';
import { ClusterAccess, VisibleCluster } from '../access/ClusterAccess';
import { Authorizer, denied } from '../access/permissions/Authorizer';
import {
  askPolicy,
  readDecisions,
  writeDecisions,
} from '../access/permissions/recordedDecisions';
import { Person } from '../model/people';
import {
  AssertionClaims,
  checkPublicKey,
  DeviceAction,
  readDeviceId,
  verifyAssertion,
} from './assertion';
import { signInAgain, unknownDevice } from './errors';
import {
  RECORDED_PERMISSIONS,
  REQUIRED_PERMISSIONS,
} from './recordedPermissions';
import { KubectlSettings } from './settings';
import { DeviceRecord, DeviceStore } from './types';

const CODE_LIFE_SECONDS = 120;
/** The last use of a device is written once in this time. */
const USE_PRECISION_MS = 60_000;

export interface DeviceSessionsOptions {
  access: Pick<ClusterAccess, 'get'>;
  auth: AuthService;
  authorizer: Pick<Authorizer, 'ask' | 'prepare' | 'recordedCredentials'>;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  devices: DeviceStore;
  /** The `aud` of assertions. */
  issuer: string;
  /** Called when the portal itself ends a sign-in. */
  onEnd: (device: DeviceRecord, why: string) => Promise<void>;
  people: Pick<CatalogPersonResolver, 'read'>;
  settings: KubectlSettings;
  now?: () => Date;
}

/** A device whose key signed the request. */
export interface VerifiedDevice<Action extends DeviceAction> {
  device: DeviceRecord;
  claims: AssertionClaims<Action>;
}

/**
 * The sign-ins of computers. A person confirms the key of a computer in the portal. The computer then signs its calls
 * with the key, and gets tokens for clusters with the groups, shares and grants that the person has at that time.
 */
export class DeviceSessions {
  readonly #options: DeviceSessionsOptions;
  readonly #now: () => Date;
  readonly #nextId = monotonicFactory();

  constructor(options: DeviceSessionsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Records a computer that the caller confirmed, with the policy's decisions about the caller.
   *
   * @throws NotAllowedError if the policy denies the caller tokens; ConflictError if the key was used before
   */
  async connect(
    { credentials, person }: Caller,
    { publicKey, ...computer }: ConnectDeviceRequest,
    address?: string,
  ): Promise<ConnectedDevice> {
    const { authorizer, devices, settings } = this.#options;
    const thumbprint = await checkPublicKey(publicKey);
    if (person.uid === undefined) {
      throw new NotAllowedError(
        `The entity ${person.userRef} has no metadata.uid, so Berth cannot recognise it later`,
      );
    }
    const decisions = await askPolicy(
      authorizer,
      credentials,
      RECORDED_PERMISSIONS,
    );
    const policy = writeDecisions(decisions);
    const missing = REQUIRED_PERMISSIONS.find(
      name => decisions.get(name)?.result === AuthorizeResult.DENY,
    );
    if (missing !== undefined) {
      throw denied(missing);
    }
    const now = this.#now();
    const code = randomBytes(32).toString('base64url');
    const device = {
      id: this.#nextId(now.getTime()),
      userRef: person.userRef,
      userUid: person.uid,
      ...computer,
      publicKey,
      thumbprint,
      policy,
      codeHash: hash(code),
      codeExpiresAt: after(now, CODE_LIFE_SECONDS * 1000),
      createdAt: now.toISOString(),
      createdAddress: address,
      endsAt: after(now, settings.signInLifetimeMs),
    };
    await devices.create(device);
    return {
      id: device.id,
      code,
      codeExpiresIn: CODE_LIFE_SECONDS,
      endsAt: device.endsAt,
    };
  }

  /** @throws AuthenticationError, the same for an unknown device and a wrong signature */
  async verify<Action extends DeviceAction>(
    action: Action,
    assertion: string,
  ): Promise<VerifiedDevice<Action>> {
    const { devices, issuer } = this.#options;
    const device = await devices.get(readDeviceId(assertion));
    if (!device) {
      throw unknownDevice();
    }
    const claims = await verifyAssertion(assertion, {
      action,
      audience: issuer,
      now: this.#now(),
      publicKey: device.publicKey,
    });
    return { device, claims };
  }

  /** @throws NotAllowedError if the code is wrong, too old or used */
  async activate(
    device: DeviceRecord,
    code: string,
    address?: string,
  ): Promise<void> {
    const { devices, onEnd, settings } = this.#options;
    this.#assertNotOver(device);
    const now = this.#now();
    const activated = await devices.activate(device.id, {
      codeHash: hash(code),
      at: now.toISOString(),
      address,
    });
    if (!activated) {
      throw signInAgain(
        `The code is wrong, was used before, or is older than ${CODE_LIFE_SECONDS} s`,
      );
    }
    const why = `Another computer signed in, and a person can have ${settings.devicesPerPerson}`;
    const ended = await devices.endLongestUnused(
      device.userRef,
      settings.devicesPerPerson,
      { at: now.toISOString(), why },
    );
    for (const one of ended) {
      await onEnd(one, why);
    }
  }

  /**
   * Returns the person of a device as the caller of its requests: with groups as the catalog has them now, and the
   * recorded decisions of the policy.
   */
  callerOf(device: DeviceRecord): AbsentCaller {
    const { authorizer } = this.#options;
    let decisions;
    try {
      decisions = readDecisions(device.policy);
    } catch {
      throw signInAgain("The permission policy's decision cannot be read");
    }
    return {
      credentials: authorizer.recordedCredentials(device.userRef, decisions),
      person: () => this.#personOf(device),
    };
  }

  /**
   * Returns a person by the sign-in of a computer.
   *
   * @throws NotAllowedError if the sign-in is over, or is not of the person
   */
  async callerOfUser(userRef: string, id: string): Promise<Caller> {
    const device = await this.#options.devices.get(id);
    const lasts =
      device?.state === 'Active' &&
      device.userRef === userRef &&
      Date.parse(device.endsAt) > this.#now().getTime();
    if (!lasts) {
      throw signInAgain('The sign-in of this computer with kubectl ended');
    }
    const { credentials, person } = this.callerOf(device);
    return { credentials, person: await person() };
  }

  /** @throws NotAllowedError if the sign-in is over or was never finished */
  assertActive(device: DeviceRecord): void {
    this.#assertNotOver(device);
    if (device.state !== 'Active') {
      throw signInAgain('The sign-in of this computer was not finished');
    }
  }

  /**
   * Returns a cluster that the caller may get tokens for.
   *
   * @throws NotFoundError as for a person in the portal; ConflictError if another cluster has the name now
   */
  async clusterOf(
    caller: Caller,
    { cluster: name, clusterId }: AssertionClaims<'credential'>,
  ): Promise<VisibleCluster> {
    const visible = await this.#options.access.get(
      caller,
      name,
      berthTokenCreatePermission,
    );
    if (visible.cluster.id !== clusterId) {
      throw Object.assign(
        new ConflictError(
          `${name} is another cluster now than this kubeconfig was made for. Run: kubectl berth setup`,
        ),
        { setUp: true },
      );
    }
    return visible;
  }

  async recordUse(device: DeviceRecord, address?: string): Promise<void> {
    const now = this.#now();
    const last = Date.parse(device.lastUsedAt ?? device.createdAt);
    if (now.getTime() - last >= USE_PRECISION_MS) {
      await this.#options.devices.recordUse(device.id, {
        at: now.toISOString(),
        address,
      });
    }
  }

  async #personOf(device: DeviceRecord): Promise<Person> {
    const { auth, people } = this.#options;
    const { userRef } = device;
    const credentials = await auth.getOwnServiceCredentials();
    let person: Person;
    try {
      person = await people.read(userRef, credentials);
    } catch (error) {
      if ((error as Error).name !== 'NotAllowedError') {
        throw new ServiceUnavailableError(
          `The catalog could not be read, so the groups of ${userRef} are unknown. Try again in a moment`,
        );
      }
      if (await this.#isGone(userRef)) {
        throw await this.#ended(device, `${userRef} is not in the catalog`);
      }
      throw error;
    }
    if (person.uid !== device.userUid) {
      throw await this.#ended(
        device,
        `${userRef} was deleted from the catalog and created again`,
      );
    }
    return person;
  }

  async #isGone(userRef: string): Promise<boolean> {
    const { auth, catalog } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    return !(await catalog.getEntityByRef(userRef, { credentials }));
  }

  async #ended(device: DeviceRecord, why: string): Promise<NotAllowedError> {
    const { devices, onEnd } = this.#options;
    const at = this.#now().toISOString();
    const [ended] = await devices.end({ id: device.id }, { at, why });
    if (ended) {
      await onEnd(ended, why);
    }
    return signInAgain(why);
  }

  #assertNotOver({ name, state, endsAt, endedAt, endedWhy }: DeviceRecord) {
    if (state === 'Ended') {
      throw signInAgain(
        `The sign-in of ${name} ended at ${endedAt}: ${endedWhy}`,
      );
    }
    if (Date.parse(endsAt) <= this.#now().getTime()) {
      throw signInAgain(
        `The sign-in of ${name} ended at ${endsAt}: a sign-in lasts ${hours(
          this.#options.settings.signInLifetimeMs,
        )}`,
      );
    }
  }
}

function hours(milliseconds: number): string {
  const count = Math.round(milliseconds / 360_000) / 10;
  return count === 1 ? '1 hour' : `${count} hours`;
}

function after(time: Date, milliseconds: number): string {
  return new Date(time.getTime() + milliseconds).toISOString();
}

function hash(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
