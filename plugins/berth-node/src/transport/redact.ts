const MAX_INPUT_LENGTH = 8192;
const MAX_LENGTH = 600;

/**
 * Makes text of foreign origin fit for logs and people: no token, no PEM, no control characters, of
 * bounded length.
 *
 * @param secrets - values that must not appear, whatever they look like
 *
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
