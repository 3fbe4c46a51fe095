import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { RunPerson } from './RunPerson';
import { Conclusion } from './transitions';
import { NewOperation } from './types';

/**
 * Writes a run and its end to the activity log. Without an entry there, helm does not start.
 *
 * @param work - adds to the notes what is known only when it runs
 */
export async function auditRun(
  {
    auditor,
    operation,
    person,
  }: {
    auditor: AuditorService;
    operation: NewOperation;
    person: Pick<RunPerson, 'jtis'>;
  },
  work: (notes: JsonObject) => Promise<Conclusion>,
): Promise<Conclusion> {
  const event = await auditor.createEvent({
    eventId: `helm-${operation.kind}`,
    severityLevel: 'medium',
    meta: auditMeta(operation),
  });
  const notes: JsonObject = {};
  try {
    const conclusion = await work(notes);
    const { state, message, revision } = conclusion;
    const meta: JsonObject = {
      state,
      ...(revision !== undefined && { revision }),
      ...notes,
      jtis: person.jtis,
    };
    await (state === 'Succeeded'
      ? event.success({ meta })
      : event.fail({ error: new Error(message), meta }));
    return conclusion;
  } catch (error) {
    const meta = { ...notes, jtis: person.jtis };
    await event.fail({ error: toError(error), meta });
    throw error;
  }
}

/** What the activity log says about an operation. */
export function auditMeta(operation: NewOperation): JsonObject {
  const { cluster, clusterId, namespace, release } = operation;
  const { id, kind, baseRevision, targetRevision, chart, digest } = operation;
  return {
    ...{ cluster, clusterId, namespace, release, operation: id, kind },
    ...{ baseRevision, digest },
    ...(targetRevision !== undefined && { targetRevision }),
    ...(chart && { chart: `${chart.name} ${chart.version}` }),
    ...(chart?.repository !== undefined && { repository: chart.repository }),
  };
}
