import * as z from 'zod';
import { toYaml } from '../yaml';
import { errorBodySchema } from './errors';
import { API_ROUTES, ApiRoute } from './routes';

const HEADERS = {
  'If-Match':
    'The `etag` that the caller saw. If someone else has changed the state since, the answer is 412. `*` overwrites any state.',
  'If-None-Match': '`*`: only if there is none yet.',
};

const ERRORS: Record<number, string> = {
  400: 'The request is wrong; `problems` lists at most 20 problems by field',
  401: 'The caller is not signed in',
  403: 'The caller may not do this',
  404: 'Not found, or the caller may not see it',
  409: 'The state does not allow this',
  412: 'Someone else changed the state since; nothing was saved',
  428: 'The change takes something away and needs If-Match; nothing was saved',
  429: 'Too many requests; see Retry-After',
  503: 'Not available now',
};

/** The statuses that every route may respond with. */
const COMMON_ERRORS = [400, 401, 403];

/** Returns Berth's API as an OpenAPI 3.1 document. */
export function openApiDocument(): object {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: 'input',
    unrepresentable: 'any',
    uri: id => `#/components/schemas/${id}`,
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Berth',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Kubernetes clusters, namespaces and quotas in a Backstage portal. Every write is audited. A request needs a Backstage token, except for the routes without security.',
    },
    servers: [{ url: '/api/berth' }],
    security: [{ token: [] }],
    paths: pathsOf(API_ROUTES),
    components: {
      responses: Object.fromEntries(
        Object.entries(ERRORS).map(([code, description]) => [
          code,
          {
            description,
            content: {
              'application/json': { schema: schemaOf(errorBodySchema) },
            },
          },
        ]),
      ),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(
        Object.entries(schemas)
          .map(([id, schema]) => [id, plain(schema)] as const)
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    },
  };
}

/** Returns the text of the committed document. */
export function openApiYaml(): string {
  return toYaml(openApiDocument(), {
    comment: ' Written by `npm run openapi`. Change the schemas instead.',
  });
}

function pathsOf(routes: readonly ApiRoute[]) {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operationOf(route),
    };
  }
  return paths;
}

function operationOf(route: ApiRoute): object {
  const { permission, caller, description } = route;
  const may = `May call it: ${caller}.${
    permission ? ` Permission: \`${permission}\`.` : ''
  }`;
  return {
    tags: [route.tag],
    summary: route.summary,
    ...(route.anonymous && { security: [] }),
    description: description ? `${description}\n\n${may}` : may,
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route),
      ...(route.headers ?? []).map(name => ({
        name,
        in: 'header',
        description: HEADERS[name],
        schema: { type: 'string' },
      })),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body) } },
      },
    }),
    responses: responsesOf(route),
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: ApiRoute) {
  return Object.entries(query?.shape ?? {}).map(([name, field]) => {
    const { description, ...schema } = schemaOf(field as z.ZodType);
    return {
      name,
      in: 'query',
      ...(description !== undefined && { description }),
      required: !z.safeParse(field as z.ZodType, undefined).success,
      schema,
    };
  });
}

function responsesOf({
  answer,
  errors = [],
  otherTypes = [],
  status,
}: ApiRoute) {
  const types = otherTypes.map(type => [type, { schema: { type: 'string' } }]);
  return {
    [status]: {
      description: 'Success',
      ...((answer || types.length > 0) && {
        content: {
          ...(answer && { 'application/json': { schema: schemaOf(answer) } }),
          ...Object.fromEntries(types),
        },
      }),
    },
    ...Object.fromEntries(
      [...COMMON_ERRORS, ...errors]
        .sort((one, other) => one - other)
        .map(code => [code, { $ref: `#/components/responses/${code}` }]),
    ),
  };
}

/** Returns a schema with references to the named schemas. */
function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const id = z.globalRegistry.get(schema)?.id;
  if (id !== undefined) {
    return { $ref: `#/components/schemas/${id}` };
  }
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  });
  return plain(rest) as Record<string, unknown>;
}

/** Removes the fields that only JSON Schema needs, and points references into the document. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, item]) =>
          !['$schema', '$id', 'id'].includes(key) || typeof item !== 'string',
      )
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [
        key,
        key === '$ref' && typeof item === 'string'
          ? item.replace('#/$defs/', '#/components/schemas/')
          : plain(item),
      ]),
  );
}
