import { isKubeError, KubeObject, NAMESPACES } from '../../../kube';
import { MANAGED_BY } from '../../../model/managedBy';
import { isAtLeast } from '../../../model/versions';
import {
  MUTATING_SINCE,
  PACK_LABELS,
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

/**
 * Checks that the policy pack is as in the manifest for the version of the cluster, if the cluster has it or a namespace
 * needs it. The right to read the pack comes with the pack and goes with it, so a pack that cannot be read is missing.
 */
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
      const isMissing =
        isKubeError(error, 'Forbidden') || isKubeError(error, 'NotFound');
      const namespace = isMissing
        ? await findNamespaceWithPack(context)
        : undefined;
      if (namespace !== undefined) {
        return {
          status: 'Failed',
          cause: 'Missing',
          message: `The portal cannot read the policy pack, which the namespace ${namespace} needs, and perhaps others. Without the pack, nothing enforces the users, groups and nodes of pods`,
          hint: HINT,
        };
      }
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

/** Returns the name of a namespace with a label for which the version of the cluster has a policy. */
async function findNamespaceWithPack({
  client,
  facts,
  signal,
}: CheckContext): Promise<string | undefined> {
  const hasDefaults = isAtLeast(facts.version, MUTATING_SINCE) === true;
  const labelSelector = `${MANAGED_BY.label}=${MANAGED_BY.value}`;
  try {
    const all = client.list(NAMESPACES, { labelSelector }, { signal });
    for await (const { metadata } of all) {
      if (needsPack(metadata.labels, hasDefaults)) {
        return metadata.name;
      }
    }
  } catch (error) {
    // The check of the rights reports that the portal cannot list namespaces.
    if (!isKubeError(error, 'Forbidden')) {
      throw error;
    }
  }
  return undefined;
}

function needsPack(
  labels: Record<string, string> = {},
  hasDefaults: boolean,
): boolean {
  const placement = labels[PACK_LABELS.placement];
  return (
    labels[PACK_LABELS.identity] !== undefined ||
    (placement !== undefined && (hasDefaults || placement !== 'set')) ||
    (hasDefaults && labels[PACK_LABELS.storageClass] !== undefined)
  );
}

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
