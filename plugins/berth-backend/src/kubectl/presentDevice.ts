import { KubectlDevice } from '@berth/plugin-berth-common';
import { DeviceRecord } from './types';

/** Returns a device as the API shows it. */
export function presentDevice(device: DeviceRecord, now: Date): KubectlDevice {
  const { endedAt, userRef, userUid, policy, publicKey, ...shown } = device;
  const over = Date.parse(device.endsAt) <= now.getTime();
  return { ...shown, user: userRef, state: over ? 'Ended' : device.state };
}

/**
 * Describes a computer for the activity log. The quotes keep a name that looks like a group from being taken for
 * one.
 */
export function computerOf({
  name,
  system,
}: Pick<DeviceRecord, 'name' | 'system'>): string {
  return `"${name}" (${system})`;
}
