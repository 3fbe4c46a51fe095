import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Request } from 'express';

/** The result of an audited action, and its details for the audit log. */
export interface Audited<T> {
  result: T;
  meta?: JsonObject;
}

/**
 * Runs an action between the start of an audit event and its success or failure. The auditor of the routes also
 * writes the event into the activity log (`audit/ActivityAuditor`). In `meta`, `cluster`, `clusterId`,
 * `namespace` and `jti` identify the subject. Groups have their entity refs, so that their members see the entry.
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
