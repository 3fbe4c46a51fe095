import { NotFoundError } from '@backstage/errors';
import { HelmRevealRequest } from '@berth/plugin-berth-common';
import { recordAt, valueAt } from '../../resources/objects/json';
import { isSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { readManifest } from './manifest';
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
): Promise<string> {
  if ('value' in request) {
    return textOf(
      valueOf(valuesOf(release, request.all ?? false), request.value),
    );
  }
  const { kind, name, namespace } = request.object;
  const objects = await readManifest(release, stored);
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

function valueOf(values: unknown, path: string[]): unknown {
  const found = path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) {
      return /^\d+$/.test(key) ? value[Number(key)] : undefined;
    }
    return isRecord(value) && Object.hasOwn(value, key)
      ? recordAt({ value }, 'value')[key]
      : undefined;
  }, values);
  if (found === undefined) {
    throw new NotFoundError(
      `The values have no ${quoteUntrusted(path.join('.'))}`,
    );
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
