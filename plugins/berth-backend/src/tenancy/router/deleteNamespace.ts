import { ConflictError, InputError } from '@backstage/errors';
import {
  berthNamespaceDeletePermission,
  deleteNamespaceQuerySchema,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import { Request } from 'express';
import { Caller } from '../../access/Callers';
import { writeNamespace } from '../../access/auditedWrites';
import { VisibleNamespace } from '../../access/NamespaceAccess';
import { isKubeError, NAMESPACES } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { asCaller } from './asCaller';
import { TenancyRouterOptions } from './options';
import { atField } from '../../text/fieldProblems';
import { parseBody } from '../../validation/parseBody';

/**
 * Deletes a namespace on its cluster with the admin's token, because the portal has no right to delete namespaces.
 * The UID makes sure that only the object that the admin saw is deleted.
 *
 * @throws InputError if the name or UID is not confirmed; ConflictError if the namespace was created again since, or
 *   is the home of a group that the cluster is shared with
 */
export async function deleteNamespace(
  request: Request,
  options: TenancyRouterOptions,
): Promise<void> {
  const { access, auditor, namespaceAccess } = options;
  const { cluster: clusterName, namespace: name } = request.params;
  await writeNamespace(
    { access, auditor, namespaceAccess },
    {
      request,
      eventId: 'namespace-delete',
      severityLevel: 'high',
      permission: berthNamespaceDeletePermission,
      cluster: clusterName,
      namespace: name,
    },
    async visible => {
      const { caller } = visible;
      const uid = confirmedUid(request, visible);
      assertDeletable(visible);
      await deleteThere(visible, uid, caller, options);
      options.changes.changed(visible.cluster.id);
      return {
        result: undefined,
        meta: { uid: uid ?? null },
      };
    },
  );
}

function confirmedUid(
  request: Request,
  { namespace }: VisibleNamespace,
): string | undefined {
  const { confirm, uid } = parseBody(deleteNamespaceQuerySchema, request.query);
  if (confirm !== namespace.name) {
    throw atField(
      new InputError(
        `confirm ${quoteUntrusted(
          confirm,
        )} must be the name of the namespace to delete with everything in it: ${
          namespace.name
        }`,
      ),
      'confirm',
    );
  }
  if (namespace.uid !== undefined && uid !== namespace.uid) {
    throw atField(
      new InputError(
        `uid ${quoteUntrusted(
          uid ?? '',
        )} must be the UID of the namespace that you saw; it is ${
          namespace.uid
        } now`,
      ),
      'uid',
    );
  }
  return namespace.uid;
}

function assertDeletable({
  cluster,
  namespace,
  shares,
}: VisibleNamespace): void {
  const { name } = namespace;
  // An admin sees all shares.
  const share = shares.find(one => one.namespace === name);
  if (share) {
    throw new ConflictError(
      `${name} is the home namespace of ${share.group}, with which ${cluster.name} is shared: it would be made again. Unshare the cluster first`,
    );
  }
}

async function deleteThere(
  visible: VisibleNamespace,
  uid: string | undefined,
  caller: Caller,
  options: TenancyRouterOptions,
): Promise<void> {
  const { tenancy } = options;
  const { cluster, namespace } = visible;
  const key = { clusterId: cluster.id, name: namespace.name };
  await tenancy.namespaces.markDeleting(key);
  if (uid === undefined || isSystemNamespace(key.name)) {
    // Either the namespace was not seen on the cluster, or it was created before its name became reserved and may now
    // contain the portal's own service account. So only the entry is removed.
    await tenancy.namespaces.remove(key);
    return;
  }
  try {
    const found = await asCaller(caller, visible, options, client =>
      client.delete(NAMESPACES, key, { uid }),
    );
    if (!found) {
      await tenancy.namespaces.remove(key);
    }
  } catch (error) {
    await tenancy.namespaces.unmarkDeleting(key);
    if (isKubeError(error, 'Conflict')) {
      throw new ConflictError(
        `The namespace ${key.name} on ${cluster.name} is another one than the one you saw: it was deleted and made again. Look at it again`,
        error,
      );
    }
    throw error;
  }
}
