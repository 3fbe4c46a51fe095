import { RequestSpec } from '@berth/plugin-berth-common';
import { createHash } from 'node:crypto';

/**
 * Computes the key of a step's request: the same when the task runs again, another one for each target of a
 * step with `each`. The key is a hash, because names of steps may contain characters that keys may not.
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
