import { NotFoundError } from '@backstage/errors';
import { HelmRevealRequest } from '@berth/plugin-berth-common';
import { JsonRecord, valueAt } from '../../resources/objects/json';
import { isSecret } from '../../resources/objects/secrets';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { readManifest } from './manifest';
import { maskValues } from './maskValues';
import { OpenedRevision } from './ReleaseReader';
import { valuesOf } from './values';

/**
 * Returns one value of a revision as it is.
 *
 * @throws NotFoundError if the revision does not have the value
 */
export async function revealValue(
  { release, stored }: OpenedRevision,
  request: HelmRevealRequest,
  signal?: AbortSignal,
): Promise<string> {
  if ('value' in request) {
    return hiddenValueOf(
      valuesOf(release, request.all ?? false),
      request.value,
    );
  }
  const { kind, name, namespace } = request.object;
  const objects = await readManifest(release, stored, signal);
  const found = objects.find(
    one =>
      isSecret(one.object) &&
      one.kind === kind &&
      one.name === name &&
      (one.namespace ?? stored.namespace) === (namespace ?? stored.namespace),
  );
  const base64 = valueAt(found?.object, 'data', request.key);
  if (typeof base64 !== 'string') {
    throw new NotFoundError(
      `The manifest has no Secret ${quoteUntrusted(
        name,
      )} with the key ${quoteUntrusted(request.key)}`,
    );
  }
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : base64;
}

/** Only values that are hidden are revealed: the audit log names what a person did not see before. */
function hiddenValueOf(values: unknown, path: string[]): string {
  const wanted = JSON.stringify(path);
  const { masked } = maskValues(values);
  if (!masked.some(one => JSON.stringify(one) === wanted)) {
    throw new NotFoundError(
      `The values have no hidden value ${quoteUntrusted(path.join('.'))}`,
    );
  }
  const found = path.reduce<unknown>(
    (value, key) => (value as JsonRecord)[key],
    values,
  );
  return typeof found === 'string' ? found : JSON.stringify(found);
}
