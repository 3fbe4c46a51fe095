/**
 * Returns the expiry. A date without a time, as date fields of forms return it, ends with that day. The API
 * reports all other mistakes.
 */
export function expiryOf(typed: string | undefined): { expiresAt?: string } {
  if (!typed) {
    return {};
  }
  return {
    expiresAt: /^\d{4}-\d{2}-\d{2}$/.test(typed) ? `${typed}T23:59:59Z` : typed,
  };
}
