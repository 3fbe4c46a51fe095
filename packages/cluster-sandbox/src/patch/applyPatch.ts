import jsonPatch from 'fast-json-patch';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { parseJson } from '../server/body';
import { badRequest, StatusError } from '../status';
import { KubeObject } from '../types';
import { isObject, mergePatch } from './mergePatch';
import { schemaOf } from './schema';
import { strategicMergePatch } from './strategicMergePatch';

export const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

const MAX_OPERATIONS = 10_000;

/**
 * Applies any kind of patch except server-side apply.
 *
 * @throws StatusError 400 if the patch cannot be read, 422 if it cannot be applied
 */
export function applyPatch(
  type: string,
  definition: ResourceDefinition,
  current: KubeObject,
  body: Buffer,
): KubeObject {
  const patch = parseJson(body);
  if (type === 'application/json-patch+json') {
    return applyJsonPatch(current, patch);
  }
  if (!isObject(patch)) {
    throw badRequest('error decoding patch: the patch must be a JSON object');
  }
  const result =
    type === 'application/merge-patch+json'
      ? mergePatch(current, patch)
      : strategicMergePatch(schemaOf(definition.kind), current, patch);
  return asObject(result);
}

function applyJsonPatch(current: KubeObject, patch: unknown): KubeObject {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  if (patch.length > MAX_OPERATIONS) {
    throw new StatusError(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    );
  }
  try {
    const { newDocument } = jsonPatch.applyPatch(current, patch, true, false);
    return asObject(newDocument);
  } catch {
    throw new StatusError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
      {},
    );
  }
}

function asObject(value: unknown): KubeObject {
  if (!isObject(value) || !isObject(value.metadata)) {
    throw badRequest('the patch leaves no object with metadata');
  }
  return value as KubeObject;
}
