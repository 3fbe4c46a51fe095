/** The PEM in a field that also takes base64 of PEM, as kubeconfigs hold it. */
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
