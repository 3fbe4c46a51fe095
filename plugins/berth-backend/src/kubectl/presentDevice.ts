import { KubectlDevice } from '@berth/plugin-berth-common';
import { DeviceRecord } from './types';

/** Returns a device as the API shows it. */
export function presentDevice(device: DeviceRecord, now: Date): KubectlDevice {
  const {
    endedAt,
    userRef,
    userUid,
    policy,
    publicKey,
    codeExpiresAt,
    ...shown
  } = device;
  const isPast = (moment: string) => Date.parse(moment) <= now.getTime();
  const user = userRef;
  if (device.state === 'Pending' && codeExpiresAt && isPast(codeExpiresAt)) {
    const endedWhy = 'The code was not entered in time';
    return { ...shown, user, state: 'Ended', endedWhy };
  }
  return {
    ...shown,
    user,
    state: isPast(device.endsAt) ? 'Ended' : device.state,
  };
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
