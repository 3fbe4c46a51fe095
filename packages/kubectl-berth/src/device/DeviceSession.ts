import { Problem } from '../Problem';
import { printable } from '../http/connectionProblem';
import { CALL_MS, JsonAnswer, requestJson } from '../http/requestJson';
import { Act, signAssertion, Signer } from './assertion';

/** The portal refused a call. */
export class Refusal extends Problem {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

/** Calls the routes of the portal that a device signs. */
export class DeviceSession {
  readonly #portal: string;
  readonly #signer: Signer;
  readonly #now: () => number;
  #clockOffset: number;

  constructor(
    portal: string,
    signer: Signer,
    clockOffset: number,
    now: () => number = Date.now,
  ) {
    this.#portal = portal;
    this.#signer = signer;
    this.#clockOffset = clockOffset;
    this.#now = now;
  }

  /** Milliseconds to add to this computer's clock; changes when the portal refuses the time of a call. */
  get clockOffset(): number {
    return this.#clockOffset;
  }

  /**
   * Calls a route. Where the portal refuses the time of the call, calls once more with the portal's time.
   *
   * @throws Problem with the portal's reason
   */
  async call(act: Act): Promise<Record<string, unknown>> {
    const began = performance.now();
    let answer = await this.#send(act, CALL_MS);
    const serverTime = timeOfPortal(answer);
    if (serverTime !== undefined) {
      this.#clockOffset = serverTime - this.#now();
      answer = await this.#send(act, CALL_MS - (performance.now() - began));
    }
    if (answer.status >= 400) {
      throw refusalOf(answer, new URL(this.#portal).host);
    }
    return answer.body ?? {};
  }

  #send(act: Act, withinMs: number): Promise<JsonAnswer> {
    const time = this.#now() + this.#clockOffset;
    return requestJson(
      `${this.#portal}/api/berth/kubectl/session/${act.act}`,
      { assertion: signAssertion(this.#signer, act, time) },
      undefined,
      withinMs,
    );
  }
}

function timeOfPortal({ status, body }: JsonAnswer): number | undefined {
  const { serverTime } = errorOf(body);
  const time =
    status === 401 && typeof serverTime === 'string'
      ? Date.parse(serverTime)
      : NaN;
  return Number.isNaN(time) ? undefined : time;
}

export function refusalOf(answer: JsonAnswer, host: string): Refusal {
  return new Refusal(refusalText(answer, host), answer.status);
}

function refusalText({ status, retryAfter, body }: JsonAnswer, host: string) {
  const { message, signIn, setUp } = errorOf(body);
  const reason =
    typeof message === 'string' ? sentence(printable(message)) : undefined;
  if (reason && (signIn === true || setUp === true)) {
    const command = `kubectl berth ${signIn ? 'login' : 'setup'}`;
    return reason.includes(command) ? reason : `${reason} Run: ${command}`;
  }
  if (status === 429) {
    const when = /^\d{1,5}$/.test(retryAfter ?? '')
      ? `in ${retryAfter} seconds`
      : 'in a minute';
    return `${host} gets too many requests now. Try again ${when}.`;
  }
  if (status >= 500) {
    return `${host} is not available now (status ${status}). Try again later.`;
  }
  return reason ?? `${host} refused the request (status ${status}).`;
}

function sentence(text: string): string {
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}

function errorOf(body: Record<string, unknown> | undefined) {
  const error = body?.error;
  return (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
}
