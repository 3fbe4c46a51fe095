const MAX_INPUT_LENGTH = 8192;
const MAX_LENGTH = 600;

/**
 * Makes text from other servers safe for logs and people: without tokens, PEM and control characters, and of limited
 * length.
 *
 * @param secrets - values that must not appear, in any format
 * @public
 */
export function redact(text: string, secrets: string[] = []): string {
  let result = text;
  for (const secret of secrets.filter(Boolean)) {
    result = result.split(secret).join('[secret]');
  }
  return result
    .slice(0, MAX_INPUT_LENGTH)
    .replace(/-----BEGIN [\s\S]*?(-----END [^-]*-----|$)/g, '[PEM]')
    .replace(/eyJ[\w-]*(\.[\w-]*)*/g, '[token]')
    .replace(/\bbearer\s+[^\s"',;]+/gi, 'bearer [token]')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
}
