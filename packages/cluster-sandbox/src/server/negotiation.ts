import { notAcceptable } from '../status';

/** The format in which a client requests its answer. */
export interface Format {
  encoding: 'json' | 'yaml';
  /** `Table`, `PartialObjectMetadata`, …: another view of the objects. */
  view?: string;
  /** Whether the client requests the aggregated form of discovery. */
  aggregatedDiscovery?: boolean;
}

const JSON_TYPES = ['application/json', 'application/*', '*/*', ''];

/**
 * Returns the first format of an Accept header that the server supports. A client that accepts only protobuf gets
 * JSON: every Kubernetes client reads an answer by its media type.
 *
 * @throws StatusError 406 if the server supports none
 */
export function negotiate(accept: string | undefined): Format {
  for (const clause of (accept ?? '').split(',')) {
    const [type, ...parameters] = clause.split(';').map(part => part.trim());
    const values = new Map(
      parameters.map(parameter => parameter.split('=', 2) as [string, string]),
    );
    if (values.get('g') === 'apidiscovery.k8s.io') {
      if (type === 'application/json' && values.get('v') === 'v2') {
        return { encoding: 'json', aggregatedDiscovery: true };
      }
      continue;
    }
    const view = values.get('as');
    if (
      view &&
      !(values.get('g') === 'meta.k8s.io' && values.get('v') === 'v1')
    ) {
      continue;
    }
    if (view && type !== 'application/json') {
      continue;
    }
    if (JSON_TYPES.includes(type)) {
      return { encoding: 'json', view };
    }
    if (type === 'application/yaml') {
      return { encoding: 'yaml', view };
    }
  }
  if (accept?.includes('application/vnd.kubernetes.protobuf')) {
    return { encoding: 'json' };
  }
  throw notAcceptable();
}
