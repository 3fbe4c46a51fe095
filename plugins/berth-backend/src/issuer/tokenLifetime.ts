/** Lifetime of every token, in seconds. */
export const TOKEN_LIFETIME_SECONDS = 600;
