import {
  AuthorizeResult,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  berthClusterReadPermission,
  berthNamespaceReadPermission,
  berthPodExecPermission,
  berthTokenCreatePermission,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { RecordedDecisions } from '../access/permissions/Authorizer';

/*
 * Backstage's permission policy can only be asked about a person who is present. So a device has the policy's
 * decisions of the moment in which the person confirmed the device. Conditions are kept as conditions, and apply to
 * a cluster as it is at each mint.
 */

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

const decision = z.union([
  z.object({
    result: z.enum([AuthorizeResult.ALLOW, AuthorizeResult.DENY]),
  }),
  z.object({
    result: z.literal(AuthorizeResult.CONDITIONAL),
    pluginId: z.literal('berth'),
    resourceType: z.string(),
    conditions: z.record(z.string(), z.unknown()),
  }),
]);

const decisions = z.record(z.string(), decision);

/**
 * Writes decisions as JSON.
 *
 * @throws Error if one is not a decision
 */
export function writeDecisions(recorded: RecordedDecisions): string {
  return JSON.stringify(decisions.parse(Object.fromEntries(recorded)));
}

/** @throws Error if the text was not written by `writeDecisions` */
export function readDecisions(text: string): RecordedDecisions {
  const parsed = decisions.parse(JSON.parse(text));
  return new Map(Object.entries(parsed) as [string, PolicyDecision][]);
}
