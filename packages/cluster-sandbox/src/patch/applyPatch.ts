import { parseJson } from '../server/body';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { badRequest } from '../status';
import { KubeObject } from '../types';
import { isObject, mergePatch } from './mergePatch';

export const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

/** Applies any kind of patch but server-side apply. */
export function applyPatch(
  _type: string,
  _definition: ResourceDefinition,
  current: KubeObject,
  body: Buffer,
): KubeObject {
  const patch = parseJson(body);
  if (!isObject(patch)) {
    throw badRequest('the patch must be a JSON object');
  }
  return mergePatch(current, patch);
}
