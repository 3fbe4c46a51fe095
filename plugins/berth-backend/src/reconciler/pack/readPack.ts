import { isKubeError, KubeClient, KubeObject } from '../../kube';
import {
  PackObject,
  packObjects,
  PackObjectState,
  packObjectState,
  packResource,
} from '../../policyPack';
import { PackStates } from './types';

const RANK: PackObjectState[] = ['current', 'changed', 'missing'];

/**
 * Reads the objects of the policy pack by name, as far as the version of the cluster can have them. An object that the
 * portal may not read, or of a kind that the API server does not have, is missing.
 *
 * @returns the worst state of the policy and the binding of each name
 * @throws KubeError if the cluster cannot be read
 */
export async function readPack(
  client: Pick<KubeClient, 'get' | 'version'>,
  signal?: AbortSignal,
): Promise<PackStates> {
  const { gitVersion } = await client.version({ signal });
  const states: PackStates = {};
  for (const { object } of packObjects(gitVersion)) {
    const { name } = object.metadata;
    const state = await readState(client, object, signal);
    const before = states[name] ?? 'current';
    states[name] = RANK.indexOf(state) > RANK.indexOf(before) ? state : before;
  }
  return states;
}

async function readState(
  client: Pick<KubeClient, 'get'>,
  wanted: PackObject,
  signal?: AbortSignal,
): Promise<PackObjectState> {
  const { name } = wanted.metadata;
  try {
    const found = await client.get<KubeObject & { spec?: object }>(
      packResource(wanted),
      { name },
      { signal },
    );
    return found?.metadata.deletionTimestamp === undefined
      ? packObjectState(wanted, found)
      : 'missing';
  } catch (error) {
    if (isKubeError(error, 'NotFound') || isKubeError(error, 'Forbidden')) {
      return 'missing';
    }
    throw error;
  }
}
