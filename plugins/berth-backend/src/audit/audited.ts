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
 *
 * @param action - adds details to the notes as soon as they are known. The event also has them if the action fails
 */
export async function audited<T>(
  auditor: AuditorService,
  options: {
    eventId: string;
    severityLevel: 'low' | 'medium' | 'high';
    request: Request;
    meta?: JsonObject;
  },
  action: (notes: JsonObject) => Promise<Audited<T>>,
): Promise<T> {
  const event = await auditor.createEvent(options);
  const notes: JsonObject = {};
  const noted = (more?: JsonObject) => {
    const meta = { ...notes, ...more };
    return Object.keys(meta).length > 0 ? { meta } : undefined;
  };
  let outcome: Audited<T>;
  try {
    outcome = await action(notes);
  } catch (error) {
    await event.fail({ error: toError(error), ...noted() });
    throw error;
  }
  await event.success(noted(outcome.meta));
  return outcome.result;
}
