import * as z from 'zod';
import { oneOf } from './fields';
import { listOf } from './paging';

/** @public */
export const issuerKeySchema = z
  .object({
    kid: z.string(),
    generation: z.number().int().describe('Rises by one with each key.'),
    algorithm: oneOf(['RS256', 'ES256']),
    state: oneOf(['next', 'active', 'retired', 'expired', 'revoked'])
      .describe(`- \`next\`: published, but does not sign yet
- \`active\`: signs
- \`retired\`: no longer signs, published while its tokens may be valid
- \`expired\`: neither signs nor is published
- \`revoked\`: withdrawn at once, its tokens are refused`),
    createdAt: z.string(),
    activatesAt: z
      .string()
      .describe('When the key starts to sign; absent for the standby key.')
      .optional(),
    revokedAt: z.string().optional(),
  })
  .meta({ id: 'IssuerKey', description: 'A signing key of the issuer.' });

/** @public */
export const issuerKeyListSchema = listOf(issuerKeySchema).meta({
  id: 'IssuerKeyList',
});

/** @public */
export const revokeKeysRequestSchema = z
  .strictObject({
    kids: z
      .array(z.string())
      .min(1, 'must hold the kid of at least one key')
      .describe('The kids of the keys to revoke.'),
  })
  .meta({ id: 'RevokeKeysRequest' });
