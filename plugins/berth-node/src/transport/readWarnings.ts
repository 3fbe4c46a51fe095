import { redact } from './redact';

const MAX_WARNINGS = 20;
const MAX_LENGTH = 64 * 1024;
const WARNING = /\b299 \S+ "((?:[^"\\]|\\.)*)"/g;

/**
 * Reads the warnings of an API server.
 *
 * @param header - the values of the header `warning`
 * @see https://kubernetes.io/blog/2020/09/03/warnings/
 */
export function readWarnings(header: string | string[] | undefined): string[] {
  const text = [header ?? []].flat().join(', ').slice(0, MAX_LENGTH);
  return [...text.matchAll(WARNING)]
    .slice(0, MAX_WARNINGS)
    .map(([, warning]) => redact(warning.replace(/\\(.)/g, '$1')));
}
