import { KeyAlgorithm } from './keys/types';
import { DiscoveryDocument } from './types';

export const DISCOVERY_PATH = '/.well-known/openid-configuration';
export const JWKS_PATH = '/jwks.json';

/**
 * The issuer's metadata. Tokens come from the portal's own API, not from an OAuth endpoint. The required
 * field has the value that Kubernetes' own service account issuers use.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export function discoveryDocument(
  issuer: string,
  algorithms: KeyAlgorithm[],
): DiscoveryDocument {
  return {
    issuer,
    authorization_endpoint: 'urn:kubernetes:programmatic_authorization',
    jwks_uri: `${issuer}${JWKS_PATH}`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [
      ...new Set<KeyAlgorithm>(['RS256', ...algorithms]),
    ],
    claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'groups'],
  };
}
