import { Problem } from '../Problem';
import { refusalOf } from '../device/DeviceSession';
import { portalAddress } from './portalAddress';
import { requestJson } from './requestJson';

const API = '/api/berth';
/** A difference that a person may want to know of. */
const NOTABLE_MS = 120_000;

/** What a portal publishes for this program. */
export interface Portal {
  /** The address below which the portal answers `/api/berth`. */
  address: string;
  /** The address that people open. */
  app: string;
  /** The `aud` of assertions. */
  issuer: string;
  /** Milliseconds to add to this computer's clock for the portal's. */
  clockOffset: number;
}

/**
 * Asks a portal for its addresses and its time. A person can give the address of the pages, where another one has
 * the API: then the result has that one.
 */
export async function fetchPortal(address: string): Promise<Portal> {
  const portal = await fetchOnce(address);
  return portal.address === address ? portal : fetchOnce(portal.address);
}

async function fetchOnce(address: string): Promise<Portal> {
  const answer = await requestJson(`${address}${API}/kubectl/cli/portal.json`);
  const { host } = new URL(address);
  if (answer.status === 404) {
    throw new Problem(
      `${host} has no sign-in for kubectl. Check the address of the portal, or ask its operators whether berth.kubectl.enabled is true.`,
    );
  }
  if (answer.status >= 400) {
    throw refusalOf(answer, host);
  }
  const { app, api, issuer, time } = answer.body ?? {};
  const now = Date.parse(String(time));
  if (
    typeof app !== 'string' ||
    typeof api !== 'string' ||
    typeof issuer !== 'string' ||
    !api.endsWith(API) ||
    Number.isNaN(now)
  ) {
    throw new Problem(
      `${host} did not answer as a portal with Berth does. Check the address of the portal.`,
    );
  }
  return {
    address: portalAddress(api.slice(0, -API.length)),
    app: portalAddress(app),
    issuer,
    clockOffset: now - Date.now(),
  };
}

/** Describes a wrong clock; undefined for a clock that is about right. */
export function clockNote(clockOffset: number): string | undefined {
  const off = Math.abs(clockOffset);
  if (off <= NOTABLE_MS) {
    return undefined;
  }
  const minutes = Math.round(off / 60_000);
  const hours = Math.floor(minutes / 60);
  const time = [hours > 0 && `${hours} h`, `${minutes % 60} min`]
    .filter(Boolean)
    .join(' ');
  return `This computer's clock is ${time} ${
    clockOffset < 0 ? 'ahead' : 'behind'
  }; it works all the same.`;
}
