import {
  AuthorizeResult,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { UserCredentials } from '../../model/people';
import { Authorizer, RecordedDecisions } from './Authorizer';

/*
 * Backstage's permission policy can only be asked about a person who is present. So what works while the person is
 * absent, such as a device, has the policy's decisions of the moment in which the person started it. Conditions are
 * kept as conditions, and apply to a cluster as it is at each mint.
 */

/** Asks the policy about permissions of a person who is present. */
export async function askPolicy(
  authorizer: Pick<Authorizer, 'ask' | 'prepare'>,
  credentials: UserCredentials,
  permissions: readonly ResourcePermission[],
): Promise<RecordedDecisions> {
  authorizer.prepare(credentials, [...permissions]);
  return new Map(
    await Promise.all(
      permissions.map(
        async permission =>
          [
            permission.name,
            await authorizer.ask(credentials, permission),
          ] as const,
      ),
    ),
  );
}

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
