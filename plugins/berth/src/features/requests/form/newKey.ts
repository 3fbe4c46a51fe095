const BYTES = 16;

/** Returns a unique key. Unlike `randomUUID`, it also works on pages without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
