import { stringify } from 'yaml';
import { mask, maskText } from './mask';
import { CallerName, EVERYONE } from './people';
import { Answer, Call, Portal } from './startPortal';

export interface Input extends Call {
  /** Path parameters, by the names in the route's path. */
  params?: Record<string, string>;
  /** Appended unchanged to the path after `?`. */
  query?: string;
  /** The caller or callers; the admin by default. */
  as?: CallerName | CallerName[];
  /** Picks or hides parts of the body before they are recorded. */
  pick?: (body: any) => unknown;
}

/** Calls one route and records the answers. */
export type Route = (what: string, input?: Input) => Promise<Answer>;

/** Records a group of routes as text that people can read in a diff. */
export class Recorder {
  readonly #portal: Portal;
  readonly #routes = new Set<string>();
  #text: string;

  constructor(portal: Portal, title: string) {
    this.#portal = portal;
    this.#text = `# ${title}\n`;
  }

  /** The routes that were called, such as `GET /api/berth/clusters/{}`. */
  get routes(): string[] {
    return [...this.#routes];
  }

  get text(): string {
    return this.#text;
  }

  /**
   * Begins the record of a route.
   *
   * @param route - such as `GET /clusters/{name}`, below the plugin's path unless that begins with `/api`
   */
  route(route: string): Route {
    const [method, typed] = route.split(' ');
    const path = typed.startsWith('/api') ? typed : `/api/berth${typed}`;
    this.#routes.add(`${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    this.#text += `\n\n## ${route}\n`;
    return async (what, input = {}) => {
      const { params = {}, query, as = 'admin', pick, ...call } = input;
      const target = path.replace(/\{(\w+)\}/g, (_, name) => {
        if (params[name] === undefined) {
          throw new Error(`${route} is called without ${name}`);
        }
        return params[name];
      });
      const answers = new Map<string, CallerName[]>();
      let last: Answer | undefined;
      for (const caller of [as].flat()) {
        last = await this.#portal.call(
          caller,
          method,
          query === undefined ? target : `${target}?${query}`,
          call,
        );
        const described = describeAnswer(last, caller, pick);
        answers.set(described, [...(answers.get(described) ?? []), caller]);
      }
      this.#text += `\n${what}\n${describeInput(input)}`;
      for (const [described, callers] of answers) {
        this.#text += `  ${callers.join(', ')}: ${described}\n`;
      }
      return last!;
    };
  }

  /** Adds a line to the record. */
  note(line: string): void {
    this.#text += `${line}\n`;
  }
}

/** Calls the same route as everyone. */
export function byEveryone(route: Route): Route {
  return (what, input) => route(what, { as: EVERYONE, ...input });
}

function describeInput({ params, query, headers, body, text }: Input): string {
  const parts = [
    ...(params ? [Object.values(params).join(' ')] : []),
    ...(query === undefined ? [] : [`?${query}`]),
    ...Object.entries(headers ?? {}).map(([name, value]) =>
      maskTag(name, value),
    ),
    ...(body === undefined ? [] : [JSON.stringify(body)]),
    ...(text === undefined ? [] : [JSON.stringify(text)]),
  ];
  return parts.length === 0
    ? ''
    : `  > ${shortened(maskText(parts.join('  ')))}\n`;
}

/** Masks the tag of a state, which differs in each run. A wrong tag is short. */
function maskTag(name: string, value: string): string {
  return `${name}: ${/^"[\w-]{20,}"$/.test(value) ? '<tag>' : value}`;
}

function shortened(text: string): string {
  return text.length > 300
    ? `${text.slice(0, 300)}… (${text.length} characters)`
    : text;
}

function describeAnswer(
  { status, headers, text, body }: Answer,
  caller: CallerName,
  pick: (body: any) => unknown = value => value,
): string {
  const line = [status, ...describeHeaders(headers, body?.etag)].join(' ');
  if (body?.error) {
    const { name, message, ...more } = body.error;
    const rest = indented(
      Object.keys(more).length > 0 ? mask(more, caller) : undefined,
    );
    return `${line} ${name}: ${maskText(message, caller)}${rest}`;
  }
  if (body !== undefined) {
    return `${line}${indented(mask(pick(body), caller))}`;
  }
  return text === ''
    ? `${line} without a body`
    : `${line}${indented(pick(maskText(text, caller)))}`;
}

function describeHeaders(headers: Headers, etag: unknown): string[] {
  const type = headers.get('content-type')?.split(';')[0];
  const tag = headers.get('etag');
  return [
    ...(type && type !== 'application/json' ? [type] : []),
    headers.get('cache-control') ?? 'cacheable',
    ...(tag?.startsWith('"')
      ? [tag === etag ? 'ETag' : 'ETag that is not in the body']
      : []),
    ...(etag !== undefined && !tag?.startsWith('"')
      ? ['etag that is not a header']
      : []),
    ...['allow', 'content-disposition', 'location'].flatMap(name => {
      const value = headers.get(name);
      return value === null ? [] : [`${name}: ${value}`];
    }),
    ...(headers.has('retry-after') ? ['Retry-After'] : []),
    ...(headers.get('vary')?.includes('Accept') ? ['varies by Accept'] : []),
  ];
}

function indented(value: unknown): string {
  if (value === undefined) {
    return '';
  }
  const text =
    typeof value === 'string'
      ? value
      : stringify(value, { lineWidth: 0, sortMapEntries: true });
  return `\n${text
    .trimEnd()
    .split('\n')
    .map(line => `      ${line}`.trimEnd())
    .join('\n')}`;
}
