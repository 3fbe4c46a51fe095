import { HelmManifestObject, HELM_MASK } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt } from '../../resources/objects/json';
import { isSecret, maskSecret } from '../../resources/objects/secrets';
import { Placed } from './liveObjects';
import { ManifestObject } from './manifest';
import { CopyMask } from './mask';
import { yamlOrJson } from './values';

/**
 * Returns an object of a manifest as YAML, without the values of secrets. A document that cannot be read has its
 * problem as a comment: its text may hold secrets.
 */
export function presentManifestObject(
  { hook, object, problem }: ManifestObject,
  placed: Placed,
  copies: CopyMask,
): HelmManifestObject {
  const keys = isSecret(object) ? Object.keys(recordAt(object, 'data')) : [];
  return {
    ...placed,
    hook,
    yaml:
      problem === undefined
        ? yamlOrJson(masked(object, copies))
        : `# ${problem}\n`,
    ...(keys.length > 0 && { maskedKeys: keys }),
  };
}

function masked(object: JsonRecord, copies: CopyMask): JsonRecord {
  if (!isSecret(object)) {
    return copies.object(object);
  }
  const { data, ...rest } = maskSecret(object).object;
  return {
    ...copies.object(rest),
    ...(data !== undefined && {
      data: Object.fromEntries(
        Object.keys(recordAt({ data }, 'data')).map(key => [key, HELM_MASK]),
      ),
    }),
  };
}
