import { DeviceKey, KubectlDevice } from '@berth/plugin-berth-common';
import { CountedPositionedPage, PageRequest } from '../model/paging';

/** A computer that a person connects to the portal. */
export interface NewDevice {
  id: string;
  /** Entity ref of the person. */
  userRef: string;
  /** `metadata.uid` of the person's entity at the confirmation. */
  userUid: string;
  name: string;
  system: string;
  version: string;
  publicKey: DeviceKey;
  /** RFC 7638, of the public key. */
  thumbprint: string;
  /** The permission policy's decisions at the confirmation, as `recordedDecision.ts` writes them. */
  policy: string;
  /** SHA-256 of the code that activates the device. */
  codeHash: string;
  codeExpiresAt: string;
  createdAt: string;
  createdAddress?: string;
  endsAt: string;
}

/** A connected computer in the database. */
export interface DeviceRecord
  extends Omit<NewDevice, 'codeHash' | 'codeExpiresAt' | 'thumbprint'> {
  state: KubectlDevice['state'];
  /** While the code is not used. */
  codeExpiresAt?: string;
  lastUsedAt?: string;
  lastAddress?: string;
  endedAt?: string;
  /** One sentence without a period. */
  endedWhy?: string;
}

/** The end of a sign-in. */
export interface DeviceEnd {
  at: string;
  /** For people: one sentence without a period. */
  why: string;
}

/** Selects devices. All fields must match. */
export interface DeviceFilter {
  id?: string;
  userRef?: string;
}

/** The connected computers. */
export interface DeviceStore {
  /** @throws ConflictError if the key belongs to a device */
  create(device: NewDevice): Promise<void>;
  get(id: string): Promise<DeviceRecord | undefined>;
  /** Lists the latest devices first. */
  list(
    filter: DeviceFilter,
    page: PageRequest,
  ): Promise<CountedPositionedPage<DeviceRecord>>;
  /**
   * Activates a device with its code. Of several calls with one code, one succeeds, on any replica.
   *
   * @returns whether this call activated the device
   */
  activate(
    id: string,
    use: { codeHash: string; at: string; address?: string },
  ): Promise<boolean>;
  /** Ends the sign-ins of the person that were not used for the longest time, so that a number of them is left. */
  endLongestUnused(
    userRef: string,
    left: number,
    end: DeviceEnd,
  ): Promise<DeviceRecord[]>;
  recordUse(id: string, use: { at: string; address?: string }): Promise<void>;
  /** @returns the devices whose sign-in was not over before */
  end(filter: DeviceFilter, end: DeviceEnd): Promise<DeviceRecord[]>;
  /**
   * Deletes devices that nobody activated and sign-ins that are over.
   *
   * @returns the number of devices
   */
  deleteOld(before: { pending: string; ended: string }): Promise<number>;
}
