import { isKubeError, KubeObject } from '../../../kube';
import { isAtLeast } from '../../../model/versions';
import {
  PackObject,
  packObjects,
  packObjectState,
  packResource,
  VALIDATING_SINCE,
} from '../../../policyPack';
import { skipped } from '../runChecks';
import { Check, CheckContext, Finding } from '../types';

const HINT =
  'Get the onboarding manifest with features=pack and apply it with kubectl';

/** Checks that the policy pack, if the cluster has it, is as in the manifest for the version of the cluster. */
export const packCheck: Check = {
  id: 'pack',
  title: 'Policy pack',
  needs: ['token'],
  async run(context) {
    const { version } = context.facts;
    if (!isAtLeast(version, VALIDATING_SINCE)) {
      return skipped(
        `Kubernetes has the policies of the pack since 1.${VALIDATING_SINCE}, and the cluster runs ${
          version ?? 'an unknown version'
        }`,
      );
    }
    const objects = packObjects(version).map(({ object }) => object);
    try {
      const found = await Promise.all(
        objects.map(object => read(context, object)),
      );
      return packFinding(objects, found);
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return skipped(
          `Not installed: the portal may not read it. Profiles need it for identities, nodes and storage classes. ${HINT}`,
        );
      }
      if (isKubeError(error, 'NotFound')) {
        return skipped(
          `Kubernetes ${version} has the policies of the pack, but the API server does not serve them`,
        );
      }
      throw error;
    }
  },
};

/**
 * @param wanted - the objects of the pack
 * @param found - the objects on the cluster with the same names, undefined if there is none
 */
export function packFinding(
  wanted: PackObject[],
  found: ({ spec?: unknown } | undefined)[],
): Finding {
  const inState = (state: string) =>
    wanted.filter(
      (object, index) => packObjectState(object, found[index]) === state,
    );
  const missing = inState('missing');
  const changed = inState('changed');
  if (missing.length > 0) {
    return {
      status: 'Failed',
      cause: 'Missing',
      message: `Missing: ${listed(
        missing,
      )}. Profiles cannot enforce users, groups and nodes of pods`,
      hint: HINT,
    };
  }
  if (changed.length > 0) {
    return {
      status: 'Failed',
      cause: 'Differs',
      message: `Different from the manifest for the version of the cluster: ${listed(
        changed,
      )}`,
      hint: `${HINT}. If it differs again, find out who changes it`,
    };
  }
  return { status: 'Passed', message: 'Installed as in the manifest' };
}

function read({ client, signal }: CheckContext, object: PackObject) {
  return client.get<KubeObject & { spec?: unknown }>(
    packResource(object),
    { name: object.metadata.name },
    { signal },
  );
}

function listed(objects: PackObject[]): string {
  return objects
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .join(', ');
}
