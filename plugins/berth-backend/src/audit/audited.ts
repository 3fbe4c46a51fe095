import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Request } from 'express';

/** What an audited action gives: its result, and what the audit log is to say of it. */
export interface Audited<T> {
  result: T;
  meta?: JsonObject;
}

/**
 * Runs an action between an audit event's beginning and its success or failure. The auditor of the routes
 * also writes it into the activity log (`activity/ActivityAuditor`). In `meta`, `cluster`, `clusterId`,
 * `namespace` and `jti` say what it is about, and groups are named by their entity refs, so that their
 * members see it.
 */
export async function audited<T>(
  auditor: AuditorService,
  options: {
    eventId: string;
    severityLevel: 'low' | 'medium' | 'high';
    request: Request;
    meta?: JsonObject;
  },
  action: () => Promise<Audited<T>>,
): Promise<T> {
  const event = await auditor.createEvent(options);
  let outcome: Audited<T>;
  try {
    outcome = await action();
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
  await event.success(outcome.meta && { meta: outcome.meta });
  return outcome.result;
}
