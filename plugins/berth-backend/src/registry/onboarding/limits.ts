import { TOKEN_LIFETIME_SECONDS } from '../../issuer/tokenLifetime';

/** What clusters are told to accept at most: exactly what the portal issues. */
export const MAX_TOKEN_SECONDS = TOKEN_LIFETIME_SECONDS;
