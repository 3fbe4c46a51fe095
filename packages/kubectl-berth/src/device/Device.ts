import { join } from 'node:path';
import {
  parseObject,
  readPrivateFile,
  writePrivateFile,
} from '../cache/privateFiles';

/** The sign-in of this computer to a portal. */
export interface Device {
  /** The address below which the portal answers `/api/berth`. */
  portal: string;
  /** ULID. */
  id: string;
  /** Entity ref of the person. */
  user: string;
  /** Name of this computer in the portal. */
  name: string;
  /** The private key: PKCS #8 in base64. */
  privateKey: string;
  /** The `aud` of assertions. */
  issuer: string;
  /** The address of the portal that people open. */
  app: string;
  /** When the sign-in ends, by the portal's clock. */
  endsAt: string;
  /** Milliseconds to add to this computer's clock for the portal's. */
  clockOffset: number;
}

const TEXTS = [
  'portal',
  'id',
  'user',
  'name',
  'privateKey',
  'issuer',
  'app',
  'endsAt',
] as const;

export interface FoundDevice {
  device?: Device;
  /** Why the file of the device is not used. */
  refused?: string;
}

export function readDevice(stateFolder: string, portal: string): FoundDevice {
  const path = deviceFile(stateFolder);
  const { text, refused } = readPrivateFile(path);
  if (text === undefined) {
    return { refused };
  }
  const found = parseObject(text);
  return found &&
    TEXTS.every(field => typeof found[field] === 'string') &&
    typeof found.clockOffset === 'number' &&
    found.portal === portal
    ? { device: found as unknown as Device }
    : { refused: `${path} is damaged` };
}

/** @throws if the folder is not private, or not writable */
export function writeDevice(stateFolder: string, device: Device): void {
  writePrivateFile(deviceFile(stateFolder), JSON.stringify(device));
}

export function deviceFile(stateFolder: string): string {
  return join(stateFolder, 'device.json');
}
