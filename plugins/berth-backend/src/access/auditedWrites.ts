import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Request } from 'express';
import { audited, Audited } from '../audit/audited';
import { Caller } from './Callers';
import {
  ClusterAccess,
  ClusterPermission,
  VisibleCluster,
} from './ClusterAccess';
import {
  NamespaceAccess,
  NamespacePermission,
  VisibleNamespace,
} from './NamespaceAccess';

interface AuditedWrite<Permission> {
  request: Request;
  eventId: string;
  severityLevel: 'low' | 'medium' | 'high';
  permission: Permission;
  /** Name of the cluster. */
  cluster: string;
  /** Further details for the log. */
  meta?: JsonObject;
}

/** A change of a cluster that only admins may make. */
export type ClusterWrite = AuditedWrite<ClusterPermission>;

/** A change of a namespace that only admins may make. */
export interface NamespaceWrite extends AuditedWrite<NamespacePermission> {
  namespace: string;
}

/**
 * Runs a change of a cluster for an admin. The log records the attempt before the access check, and the id of the
 * cluster once the caller is known to be allowed to change it.
 *
 * @throws the errors of `ClusterAccess.administer` and `work`
 */
export async function writeCluster<T>(
  {
    access,
    auditor,
  }: {
    access: Pick<ClusterAccess, 'administer' | 'caller'>;
    auditor: AuditorService;
  },
  { request, eventId, severityLevel, permission, cluster, meta }: ClusterWrite,
  work: (target: VisibleCluster & { caller: Caller }) => Promise<Audited<T>>,
): Promise<T> {
  return audited(
    auditor,
    { eventId, severityLevel, request, meta: { cluster, ...meta } },
    async () => {
      const caller = await access.caller(request);
      const visible = await access.administer(caller, cluster, permission);
      const done = await work({ ...visible, caller });
      return { ...done, meta: { clusterId: visible.cluster.id, ...done.meta } };
    },
  );
}

/** Like `writeCluster`, for a change of a namespace. */
export async function writeNamespace<T>(
  {
    access,
    auditor,
    namespaceAccess,
  }: {
    access: Pick<ClusterAccess, 'caller'>;
    auditor: AuditorService;
    namespaceAccess: Pick<NamespaceAccess, 'administer'>;
  },
  write: NamespaceWrite,
  work: (target: VisibleNamespace & { caller: Caller }) => Promise<Audited<T>>,
): Promise<T> {
  const { request, eventId, severityLevel, permission } = write;
  const { cluster, namespace, meta } = write;
  return audited(
    auditor,
    { eventId, severityLevel, request, meta: { cluster, namespace, ...meta } },
    async () => {
      const caller = await access.caller(request);
      const visible = await namespaceAccess.administer(
        caller,
        cluster,
        namespace,
        permission,
      );
      const done = await work({ ...visible, caller });
      return { ...done, meta: { clusterId: visible.cluster.id, ...done.meta } };
    },
  );
}
