import { Input, Route } from './Recorder';

/** More than any limit for bodies. */
const TOO_LARGE = 400 * 1024;

/** Sends bodies that no route with a body accepts, as the admin. */
export async function badBodies(
  route: Route,
  { body, ...input }: Input & { body: object },
): Promise<void> {
  const json = { ...input.headers, 'content-type': 'application/json' };
  const text = JSON.stringify(body);
  await route('without a body', input);
  await route('a body that is not JSON', {
    ...input,
    headers: json,
    text: '{',
  });
  await route('a body without a content type', {
    ...input,
    headers: { ...input.headers, 'content-type': 'text/plain' },
    text,
  });
  await route('a list', { ...input, body: [body] });
  await route('an unknown field', {
    ...input,
    body: { ...body, unknown: 'value' },
  });
  await route('a control character in a field', {
    ...input,
    body: { ...body, unknown: 'a\u0007' },
  });
  await route('a control character in the name of a field', {
    ...input,
    body: { ...body, 'a\u0000': 1 },
  });
  await route('a body that is too large', {
    ...input,
    headers: json,
    text: JSON.stringify({ ...body, unknown: 'x'.repeat(TOO_LARGE) }),
  });
}

/** Calls a route with clusters that the admin or the member cannot see. */
export async function badClusters(
  route: Route,
  parameter: string,
  { params, ...input }: Input = {},
): Promise<void> {
  for (const [what, name] of [
    ['an unknown cluster', 'nowhere'],
    ['a cluster that is not shared with the caller', 'spare'],
    ['a control character in the name of the cluster', 'a%00'],
  ]) {
    await route(what, {
      as: name === 'spare' ? ['member'] : ['member', 'admin'],
      ...input,
      params: { ...params, [parameter]: name },
    });
  }
}

/** Calls a route with namespaces of the cluster `prod` that the admin or the member cannot see. */
export async function badNamespaces(
  route: Route,
  input: Input = {},
): Promise<void> {
  for (const [what, namespace] of [
    ['an unknown namespace', 'nowhere'],
    ["a namespace that is not of the caller's groups", 'team-b'],
    ['a control character in the name of the namespace', 'a%00'],
  ]) {
    await route(what, {
      as: namespace === 'team-b' ? ['member'] : ['member', 'admin'],
      ...input,
      params: { cluster: 'prod', namespace },
    });
  }
}
