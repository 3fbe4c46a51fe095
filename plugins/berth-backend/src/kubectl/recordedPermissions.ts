import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  berthClusterReadPermission,
  berthNamespaceReadPermission,
  berthPodExecPermission,
  berthTokenCreatePermission,
} from '@berth/plugin-berth-common';

/** The permissions that a device uses. */
export const RECORDED_PERMISSIONS: readonly ResourcePermission[] = [
  berthClusterReadPermission,
  berthTokenCreatePermission,
  berthNamespaceReadPermission,
  berthPodExecPermission,
];

/** Without these, a device would be of no use. */
export const REQUIRED_PERMISSIONS: readonly string[] = [
  berthClusterReadPermission.name,
  berthTokenCreatePermission.name,
];
