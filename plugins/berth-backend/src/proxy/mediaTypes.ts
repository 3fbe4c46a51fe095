/** The parameters of JSON that the API server knows, with their values. */
const PARAMETERS: Record<string, ReadonlySet<string>> = {
  as: new Set([
    'APIGroupDiscoveryList',
    'PartialObjectMetadata',
    'PartialObjectMetadataList',
    'Table',
  ]),
  g: new Set(['apidiscovery.k8s.io', 'meta.k8s.io']),
  profile: new Set(['nopeer']),
  stream: new Set(['watch']),
  v: new Set(['v1', 'v1beta1', 'v2', 'v2beta1']),
};

/** The OpenAPI documents as kubectl before 1.32 and 1.27 reads them. */
const OPENAPI: ReadonlySet<string> = new Set([
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v3.v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v3@v1.0+protobuf',
]);

export function isOpenapiProtobuf(type: string): boolean {
  return OPENAPI.has(type);
}

/**
 * Returns a media type that the proxy passes on, in its only spelling.
 *
 * @returns undefined for any other type
 */
export function knownMediaType(
  text: string,
  { openapi }: { openapi: boolean },
): string | undefined {
  const [type, ...parameters] = text
    .split(';')
    .map(part => part.trim())
    .filter(part => part !== '');
  const lower = type?.toLowerCase();
  if (openapi && lower && isOpenapiProtobuf(lower)) {
    return lower;
  }
  if (lower !== 'application/json') {
    return undefined;
  }
  const known: string[] = [];
  for (const parameter of parameters) {
    const [name, value] = parameter.split('=', 2);
    if (name !== 'q' && name !== 'charset') {
      if (!Object.hasOwn(PARAMETERS, name) || !PARAMETERS[name].has(value)) {
        return undefined;
      }
      known.push(`${name}=${value}`);
    }
  }
  return ['application/json', ...known].join(';');
}
