/** Returns the PEM from a field that takes PEM, or base64 of PEM as in kubeconfigs. */
export function pemOf(typed: string): string | undefined {
  if (typed.includes('-----')) {
    return typed;
  }
  try {
    return atob(typed.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}
