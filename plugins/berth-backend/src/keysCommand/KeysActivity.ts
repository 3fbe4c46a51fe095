import { ActivityEnd, ActivityLog, StartedActivity } from '../audit';
import { hostname, userInfo } from 'node:os';

const ACTOR = 'system:berth-keys';

/**
 * Records in the activity log each action of the command, its operator and host. Unlike in the portal, a key is
 * revoked even if the record cannot be written: the command ends emergencies, and its operator sees the warning.
 */
export class KeysActivity {
  readonly #activity: ActivityLog;
  readonly #warn: (message: string) => void;

  constructor(activity: ActivityLog, warn: (message: string) => void) {
    this.#activity = activity;
    this.#warn = warn;
  }

  async record<T>(
    event: 'key-rotate' | 'key-revoke',
    kids: string[],
    act: () => Promise<T>,
  ): Promise<T> {
    const begun = await this.#begin(event, kids);
    try {
      const result = await act();
      await this.#end(begun, { outcome: 'Succeeded' });
      return result;
    } catch (error) {
      await this.#end(begun, { outcome: 'Failed', error: `${error}` });
      throw error;
    }
  }

  async #begin(
    event: string,
    kids: string[],
  ): Promise<StartedActivity | undefined> {
    const meta = {
      ...(kids.length > 0 && { kids }),
      operator: operatorName(),
      host: hostname(),
    };
    try {
      return await this.#activity.begin({ actor: ACTOR, event, meta });
    } catch (error) {
      this.#warn(`Cannot write the activity log: ${error}`);
      return undefined;
    }
  }

  async #end(
    begun: StartedActivity | undefined,
    end: ActivityEnd,
  ): Promise<void> {
    try {
      await begun?.end(end);
    } catch (error) {
      this.#warn(`Cannot write the activity log: ${error}`);
    }
  }
}

/** Returns the name of the operator, or their user ID if the system has no name for it, as in many containers. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}
