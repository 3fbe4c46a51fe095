/** A date alone, as date fields of forms give it, ends with that day. What else is wrong, the API says. */
export function expiryOf(typed: string | undefined): { expiresAt?: string } {
  if (!typed) {
    return {};
  }
  return {
    expiresAt: /^\d{4}-\d{2}-\d{2}$/.test(typed) ? `${typed}T23:59:59Z` : typed,
  };
}
