import { JsonRecord, recordAt, recordsAt, textAt } from './json';

/** An object that a pod needs, by its kind and name. */
export interface PodReference {
  plural:
    | 'configmaps'
    | 'secrets'
    | 'persistentvolumeclaims'
    | 'serviceaccounts';
  name: string;
  /** The pod also starts without it. */
  optional: boolean;
}

/** Returns the template of the pods of a workload, or the pod itself. */
export function podTemplateOf(object: JsonRecord): JsonRecord {
  switch (object.kind) {
    case 'Pod':
      return object;
    case 'CronJob':
      return recordAt(object, 'spec', 'jobTemplate', 'spec', 'template');
    default:
      return recordAt(object, 'spec', 'template');
  }
}

/** Lists the ConfigMaps, Secrets, claims and the service account that pods use. Each comes once. */
export function podReferences(template: JsonRecord): PodReference[] {
  const spec = recordAt(template, 'spec');
  const found = new Map<string, PodReference>();
  const add = (
    plural: PodReference['plural'],
    name: string | undefined,
    optional = false,
  ) => {
    if (name === undefined) {
      return;
    }
    const key = `${plural}/${name}`;
    found.set(key, {
      plural,
      name,
      optional: optional && (found.get(key)?.optional ?? true),
    });
  };
  const addKeyed = (
    plural: PodReference['plural'],
    source: JsonRecord,
    nameField = 'name',
  ) => add(plural, textAt(source, nameField), source.optional === true);

  for (const volume of recordsAt(spec, 'volumes')) {
    addKeyed('configmaps', recordAt(volume, 'configMap'));
    addKeyed('secrets', recordAt(volume, 'secret'), 'secretName');
    add(
      'persistentvolumeclaims',
      textAt(volume, 'persistentVolumeClaim', 'claimName'),
    );
    for (const source of recordsAt(volume, 'projected', 'sources')) {
      addKeyed('configmaps', recordAt(source, 'configMap'));
      addKeyed('secrets', recordAt(source, 'secret'));
    }
  }
  const containers = ['initContainers', 'containers', 'ephemeralContainers'];
  for (const container of containers.flatMap(field => recordsAt(spec, field))) {
    for (const source of recordsAt(container, 'envFrom')) {
      addKeyed('configmaps', recordAt(source, 'configMapRef'));
      addKeyed('secrets', recordAt(source, 'secretRef'));
    }
    for (const variable of recordsAt(container, 'env')) {
      addKeyed(
        'configmaps',
        recordAt(variable, 'valueFrom', 'configMapKeyRef'),
      );
      addKeyed('secrets', recordAt(variable, 'valueFrom', 'secretKeyRef'));
    }
  }
  for (const secret of recordsAt(spec, 'imagePullSecrets')) {
    // A pod with a pull secret that does not exist starts if the image needs none.
    add('secrets', textAt(secret, 'name'), true);
  }
  add('serviceaccounts', textAt(spec, 'serviceAccountName'));
  return [...found.values()];
}

/** Lists the names of the Services that an Ingress sends requests to. */
export function ingressServices(ingress: JsonRecord): string[] {
  const backends = [
    recordAt(ingress, 'spec', 'defaultBackend'),
    recordAt(ingress, 'spec', 'backend'),
    ...recordsAt(ingress, 'spec', 'rules')
      .flatMap(rule => recordsAt(rule, 'http', 'paths'))
      .map(path => recordAt(path, 'backend')),
  ];
  return names(
    backends.map(
      backend =>
        textAt(backend, 'service', 'name') ?? textAt(backend, 'serviceName'),
    ),
  );
}

/** Lists the Secrets with the certificates of an Ingress. */
export function ingressSecrets(ingress: JsonRecord): string[] {
  return names(
    recordsAt(ingress, 'spec', 'tls').map(tls => textAt(tls, 'secretName')),
  );
}

/** Lists the names of the Services in its own namespace that an HTTPRoute sends requests to. */
export function routeServices(route: JsonRecord): string[] {
  const own = textAt(route, 'metadata', 'namespace');
  return names(
    recordsAt(route, 'spec', 'rules')
      .flatMap(rule => recordsAt(rule, 'backendRefs'))
      .filter(
        ({ kind = 'Service', namespace = own }) =>
          kind === 'Service' && namespace === own,
      )
      .map(backend => textAt(backend, 'name')),
  );
}

/** Returns whether a selector with `matchLabels` and `matchExpressions` selects labels. An empty one selects all. */
export function selects(selector: JsonRecord, labels: JsonRecord): boolean {
  return (
    matchesAll(recordAt(selector, 'matchLabels'), labels) &&
    recordsAt(selector, 'matchExpressions').every(expression =>
      meets(expression, labels),
    )
  );
}

/** Returns whether labels have all values of a map, such as the selector of a Service. */
export function matchesAll(wanted: JsonRecord, labels: JsonRecord): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

/** Writes the selector of a workload as a query of the API. Undefined if it selects nothing in particular. */
export function selectorText(selector: JsonRecord): string | undefined {
  const parts = [
    ...Object.entries(recordAt(selector, 'matchLabels')).map(
      ([key, value]) => `${key}=${value}`,
    ),
    ...recordsAt(selector, 'matchExpressions').map(expressionText),
  ];
  return parts.length > 0 ? parts.join(',') : undefined;
}

function expressionText(expression: JsonRecord): string {
  const key = textAt(expression, 'key') ?? '';
  const values = valuesOf(expression).join(',');
  switch (expression.operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'NotIn':
      return `${key} notin (${values})`;
    default:
      return `${key} in (${values})`;
  }
}

function meets(expression: JsonRecord, labels: JsonRecord): boolean {
  const key = textAt(expression, 'key') ?? '';
  const has = Object.hasOwn(labels, key);
  const isOneOf = has && valuesOf(expression).includes(labels[key]);
  switch (expression.operator) {
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    case 'NotIn':
      return !isOneOf;
    default:
      return isOneOf;
  }
}

function valuesOf({ values }: JsonRecord): unknown[] {
  return Array.isArray(values) ? values : [];
}

function names(found: (string | undefined)[]): string[] {
  return [...new Set(found.filter(name => name !== undefined))];
}
