import { Entry } from '../../access/ClusterEntries';
import { isRefusal } from '../runner/isRefusal';
import { TokenIds } from '../tokenIds';
import { OperationAccess } from './OperationAccess';
import { OpenedRelease, openRelease, ReleaseParts } from './ReleaseAsPerson';
import { OperationRecord } from './types';

/** For the calls to the cluster that belong together. */
export const CALL_MS = 30_000;
const UNCHECKED = 'the portal could not check it';

/** The person of a run, who may be absent, before the cluster of the operation. */
export class RunPerson {
  readonly #access: Pick<OperationAccess, 'enterFor'>;
  readonly #operation: OperationRecord;
  readonly #releases: ReleaseParts;
  readonly #tokens = new TokenIds();
  #lostRight?: string;

  constructor(
    operation: OperationRecord,
    {
      access,
      releases,
    }: {
      access: Pick<OperationAccess, 'enterFor'>;
      releases: ReleaseParts;
    },
  ) {
    this.#access = access;
    this.#operation = operation;
    this.#releases = releases;
  }

  /** The IDs of the tokens that were created for the run. */
  get jtis(): string[] {
    return [...this.#tokens.jtis];
  }

  /** Why the person may no longer run the operation; undefined while nothing has failed. */
  get lostRight(): string | undefined {
    return this.#lostRight;
  }

  /** Asks everything again: the person's groups, the shares, the grants and what the policy said. */
  async enter(): Promise<Entry> {
    try {
      const entry = await this.#access.enterFor(this.#operation);
      this.#lostRight = undefined;
      return this.#tokens.add(entry);
    } catch (error) {
      this.#lostRight = isRefusal(error) ? error.message : UNCHECKED;
      throw error;
    }
  }

  /**
   * Opens the release.
   *
   * @param entry - asks everything again by default
   * @param until - ends the calls before their longest time
   * @param longestMs - for calls that read more than usual
   */
  async open(
    entry?: Entry,
    until?: AbortSignal,
    longestMs = CALL_MS,
  ): Promise<OpenedRelease> {
    const entered = entry ?? (await this.enter());
    const inTime = AbortSignal.timeout(longestMs);
    return openRelease(this.#releases, {
      userRef: this.#operation.person,
      entry: entered,
      address: this.#operation,
      signal: until ? AbortSignal.any([until, inTime]) : inTime,
    });
  }
}
