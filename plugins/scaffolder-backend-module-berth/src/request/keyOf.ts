import { RequestSpec } from '@berth/plugin-berth-common';
import { createHash } from 'node:crypto';

/**
 * The key under which a step asks: the same when the task is run again, another for each target of a step
 * with `each`. Hashed, as the names of steps are free and keys are not.
 */
export function keyOf(
  taskId: string,
  stepId: string | undefined,
  spec: RequestSpec,
): string {
  const { kind, cluster, namespace } = spec;
  const holder = spec.kind === 'grant' ? [spec.group, spec.role] : [];
  const hash = createHash('sha256').update(
    JSON.stringify([taskId, stepId, kind, cluster, namespace, ...holder]),
  );
  return `scaffolder:${hash.digest('base64url')}`;
}
