import { Request } from 'express';
import { isIP } from 'node:net';

/** Returns the address of the client by the portal's setting `backend.trustProxy`, if it is one. */
export function addressOf({
  ip = '',
}: Pick<Request, 'ip'>): string | undefined {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : address;
}
