import { ServerResponse } from 'node:http';
import { RESOURCES } from '../resources';
import {
  apiVersionOf,
  ResourceDefinition,
} from '../resources/ResourceDefinition';
import { JsonObject } from '../types';
import { groupVersions } from './discovery';

/*
 * The documents that kubectl reads before it writes: it checks whether the server validates fields
 * (`fieldValidation`) and supports dry runs, and which patches a kind accepts. The schemas are left open: kubectl
 * then uses its built-in types to merge, and does not validate.
 */

/** Returns the document `/openapi/v3`. */
export function openApiV3Index(): JsonObject {
  return {
    paths: Object.fromEntries(
      groupVersions().map(({ group, version }) => {
        const path = pathOf(group, version);
        return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0` }];
      }),
    ),
  };
}

function pathOf(group: string, version: string): string {
  return group ? `apis/${group}/${version}` : `api/${version}`;
}

/** Returns the document `/openapi/v3/PATH`; undefined if the version does not exist. */
export function openApiV3(
  path: string,
  serverVersion: string,
): JsonObject | undefined {
  const found = groupVersions().find(
    ({ group, version }) => pathOf(group, version) === path,
  );
  if (!found) {
    return undefined;
  }
  const definitions = RESOURCES.filter(entry => entry.group === found.group);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: serverVersion },
    paths: Object.fromEntries(
      definitions.map(entry => [objectPath(entry), operations(entry)]),
    ),
    components: {
      schemas: Object.fromEntries(
        definitions.map(entry => [schemaName(entry), schema(entry)]),
      ),
    },
  };
}

function objectPath(definition: ResourceDefinition): string {
  const { group, version, plural, namespaced } = definition;
  const scope = namespaced ? 'namespaces/{namespace}/' : '';
  return `/${pathOf(group, version)}/${scope}${plural}/{name}`;
}

function schemaName({ group, version, kind }: ResourceDefinition): string {
  return `io.k8s.api.${group.split('.')[0] || 'core'}.${version}.${kind}`;
}

function kindOf({ group, version, kind }: ResourceDefinition): JsonObject {
  return { group, version, kind };
}

function schema(definition: ResourceDefinition): JsonObject {
  return {
    type: 'object',
    description: `${definition.kind} (${apiVersionOf(definition)})`,
    'x-kubernetes-preserve-unknown-fields': true,
    'x-kubernetes-group-version-kind': [kindOf(definition)],
  };
}

function operations(definition: ResourceDefinition): JsonObject {
  const reference = {
    schema: { $ref: `#/components/schemas/${schemaName(definition)}` },
  };
  const operation = (names: string[], body: JsonObject = {}) => ({
    parameters: names.map(name => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    })),
    ...body,
    responses: {
      200: { description: 'OK', content: { 'application/json': reference } },
    },
    'x-kubernetes-group-version-kind': kindOf(definition),
  });
  const write = ['dryRun', 'fieldManager', 'fieldValidation'];
  return {
    get: operation([]),
    put: operation(write, {
      requestBody: { content: { 'application/json': reference } },
    }),
    patch: operation([...write, 'force'], {
      requestBody: {
        content: {
          'application/json-patch+json': { schema: { type: 'object' } },
          'application/merge-patch+json': { schema: { type: 'object' } },
        },
      },
    }),
    delete: operation(['dryRun']),
  };
}

/**
 * Returns the document `/openapi/v2`, in the protobuf encoding if a client requests it. The document has no
 * definitions: older kubectl then does not validate its objects, but leaves that to the server.
 */
export function openApiV2(
  serverVersion: string,
  accept: string,
  response: ServerResponse,
): void {
  if (accept.includes('protobuf')) {
    const info = Buffer.concat([
      stringField(1, 'Kubernetes'),
      stringField(2, serverVersion),
    ]);
    const document = Buffer.concat([
      stringField(1, '2.0'),
      lengthDelimited(2, info),
    ]);
    response.setHeader(
      'Content-Type',
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    );
    response.end(document);
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(
    JSON.stringify({
      swagger: '2.0',
      info: { title: 'Kubernetes', version: serverVersion },
      paths: {},
      definitions: {},
    }),
  );
}

function stringField(number: number, text: string): Buffer {
  return lengthDelimited(number, Buffer.from(text));
}

/** Returns one protobuf field of wire type 2, shorter than 128 bytes. */
function lengthDelimited(number: number, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([number * 8 + 2, content.length]),
    content,
  ]);
}
