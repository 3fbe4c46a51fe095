import { escapeInvisible } from '../../text/quoteUntrusted';

const PLAIN = /^[A-Za-z_][\w-]*$/;
const MAX_LENGTH = 200;

/** Writes a path of keys for people, such as `image.tag` or `hosts[0]."a.b"`. */
export function pathOf(keys: readonly string[]): string {
  const text = keys.reduce((path, key) => {
    if (/^\d+$/.test(key)) {
      return `${path}[${key}]`;
    }
    const name = PLAIN.test(key) ? key : escapeInvisible(JSON.stringify(key));
    return path === '' ? name : `${path}.${name}`;
  }, '');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
