import { InputError } from '@backstage/errors';
import express, { RequestHandler } from 'express';
import { escapeInvisible } from '../text/quoteUntrusted';

/** Enough for 500 groups with names, or a CA bundle with escaped line breaks. */
const BODY_LIMIT = '256kb';

/** Enough for two versions of the largest object that etcd stores, with escaped line breaks. */
const YAML_BODY_LIMIT = '4mb';
const TAKES_YAML =
  /^\/(clusters\/[^/]+\/(objects\/|apply\/?$)|helm\/(previews|operations)(\/|$))/i;

/** Control characters in a URL are always escaped: the HTTP parser refuses others. */
const IN_URL = /%([01][\da-f]|7f)/i;

// eslint-disable-next-line no-control-regex -- the pattern looks for them
const ANY = /[\0-\x1f\x7f]/;

/** Texts of several lines, such as kubeconfigs and comments, may contain tabs and line breaks. */
// eslint-disable-next-line no-control-regex -- the pattern looks for them
const IN_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/**
 * Refuses control characters in the path and the query of any request. Names never contain them, PostgreSQL
 * cannot store NUL, and logs and terminals may interpret the others.
 */
export const refuseControlCharacters: RequestHandler = (
  request,
  _response,
  next,
) => {
  const [path, query = ''] = request.originalUrl.split(/\?(.*)/s);
  if (IN_URL.test(path)) {
    throw new InputError(
      'The path of the URL must be without control characters',
    );
  }
  if (IN_URL.test(query)) {
    const [name] =
      [...new URLSearchParams(query)].find(([, value]) => ANY.test(value)) ??
      [];
    throw new InputError(
      `${
        name === undefined
          ? 'The query of the URL'
          : escapeInvisible(name.slice(0, 80))
      } must be without control characters`,
    );
  }
  next();
};

/**
 * Parses a JSON body and refuses all control characters in it except tabs and line breaks. No other code in the
 * plugin parses bodies.
 */
export function jsonBody(): RequestHandler[] {
  const parse = express.json({ limit: BODY_LIMIT });
  const parseYaml = express.json({ limit: YAML_BODY_LIMIT });
  return [
    (request, response, next) =>
      (TAKES_YAML.test(request.path) ? parseYaml : parse)(
        request,
        response,
        error => next(error && unreadable(error)),
      ),
    (request, _response, next) => {
      const found = findControlCharacter(request.body);
      if (found !== undefined) {
        throw new InputError(
          `${
            found === '' ? 'The body' : found
          } must be without control characters other than tabs and line breaks`,
        );
      }
      next();
    },
  ];
}

/** The parser repeats a part of a body that is not JSON, which may be a secret. */
function unreadable(error: unknown): unknown {
  return error instanceof SyntaxError
    ? new InputError('The body must be JSON')
    : error;
}

/**
 * @returns the field with a control character, without characters that cannot be shown; undefined if there is
 *   none
 */
function findControlCharacter(body: unknown): string | undefined {
  // Not recursive, because the caller chooses the depth.
  const left: { value: unknown; field: string }[] = [
    { value: body, field: '' },
  ];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, field } = next;
    if (typeof value === 'string' && IN_TEXT.test(value)) {
      return field;
    }
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (IN_TEXT.test(key)) {
          return field;
        }
        left.push({
          value: item,
          field: field || escapeInvisible(key.slice(0, 80)),
        });
      }
    }
  }
  return undefined;
}
