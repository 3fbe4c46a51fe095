import {
  ConnectDeviceRequest,
  ConnectedDevice,
  connectDeviceRequestSchema,
} from '@berth/plugin-berth-common';

/** Where kubectl-berth waits for the code on the person's computer. */
export interface Callback {
  /** A port of the loopback interface, from 1024. */
  port: number;
  /** Shows kubectl-berth that the answer belongs to its question. */
  state: string;
}

/** The link that `kubectl berth login` opens. */
export interface ConnectLink {
  request: ConnectDeviceRequest;
  /** Absent if the computer has no browser: then the person types the code into the terminal. */
  callback?: Callback;
}

const PARAMETERS = ['key', 'name', 'system', 'version', 'port', 'state'];
const STATE = /^[A-Za-z0-9_-]{43}$/;
const PORT = /^[1-9]\d{3,4}$/;
const FIRST_PORT = 1024;
const LAST_PORT = 65535;

/** Reads the link; undefined if a part is missing, repeated or invalid. */
export function parseConnectLink(
  parameters: URLSearchParams,
): ConnectLink | undefined {
  if (PARAMETERS.some(name => parameters.getAll(name).length > 1)) {
    return undefined;
  }
  const [x, y, ...more] = (parameters.get('key') ?? '').split('.');
  const request = connectDeviceRequestSchema.safeParse({
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    name: parameters.get('name'),
    system: parameters.get('system'),
    version: parameters.get('version'),
  });
  if (!request.success || more.length > 0) {
    return undefined;
  }
  const port = parameters.get('port');
  const state = parameters.get('state');
  if (port === null && state === null) {
    return { request: request.data };
  }
  const callback = { port: Number(port), state: state ?? '' };
  return PORT.test(port ?? '') && isCallback(callback)
    ? { request: request.data, callback }
    : undefined;
}

function isCallback({ port, state }: Callback): boolean {
  return (
    Number.isInteger(port) &&
    port >= FIRST_PORT &&
    port <= LAST_PORT &&
    STATE.test(state)
  );
}

/**
 * Returns the address that hands the code to kubectl-berth: always on this computer.
 *
 * @throws Error if the port or the state is not valid, so that no caller can lead a code elsewhere
 */
export function callbackUrl(
  callback: Callback,
  { id, code }: Pick<ConnectedDevice, 'id' | 'code'>,
): string {
  if (!isCallback(callback)) {
    throw new Error('The port and the state of the callback must be valid');
  }
  const { port, state } = callback;
  const query = new URLSearchParams({ id, code, state });
  return `http://127.0.0.1:${port}/callback?${query}`;
}

/** Returns the text that a person types into the terminal. */
export function typedCode({
  id,
  code,
}: Pick<ConnectedDevice, 'id' | 'code'>): string {
  return `${id}.${code}`;
}
