import { cause } from '../status';
import {
  ageColumn,
  dataCount,
  ageSince,
  count,
  nameColumn,
  text,
} from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const core = { group: '', version: 'v1' };

export const namespaces: ResourceDefinition = {
  ...core,
  plural: 'namespaces',
  singular: 'namespace',
  kind: 'Namespace',
  namespaced: false,
  shortNames: ['ns'],
  nameRule: 'label',
  hasStatus: true,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }],
  columns: [
    nameColumn,
    text('Status', object => object.status?.phase),
    ageColumn,
  ],
  fields: object => ({ 'status.phase': object.status?.phase ?? '' }),
  defaults(object) {
    object.metadata.labels = {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    };
    object.status ??= {};
    object.status.phase ??= 'Active';
  },
  prepareCreate(object) {
    const finalizers: string[] = object.spec?.finalizers ?? [];
    object.spec = {
      finalizers: [...new Set([...finalizers, 'kubernetes'])],
    };
    object.status = { phase: 'Active' };
  },
  prepareUpdate(object, old) {
    object.spec = old.spec;
  },
};

export const configMaps: ResourceDefinition = {
  ...core,
  plural: 'configmaps',
  singular: 'configmap',
  kind: 'ConfigMap',
  namespaced: true,
  shortNames: ['cm'],
  columns: [
    nameColumn,
    dataCount(
      object =>
        Object.keys(object.data ?? {}).length +
        Object.keys(object.binaryData ?? {}).length,
    ),
    ageColumn,
  ],
  validate(object, old) {
    const causes = dataKeyCauses('data', object.data);
    if (old?.immutable) {
      for (const field of ['data', 'binaryData']) {
        if (JSON.stringify(old[field]) !== JSON.stringify(object[field])) {
          causes.push(
            cause.forbidden(
              field,
              'field is immutable when `immutable` is set',
            ),
          );
        }
      }
    }
    return causes;
  },
};

function dataKeyCauses(field: string, data: object | undefined) {
  return Object.keys(data ?? {})
    .filter(
      key =>
        !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..',
    )
    .map(key =>
      cause.invalid(
        `${field}[${key}]`,
        key,
        `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      ),
    );
}

export const secrets: ResourceDefinition = {
  ...core,
  plural: 'secrets',
  singular: 'secret',
  kind: 'Secret',
  namespaced: true,
  columns: [
    nameColumn,
    text('Type', object => object.type),
    dataCount(object => Object.keys(object.data ?? {}).length),
    ageColumn,
  ],
  fields: object => ({ type: object.type ?? '' }),
  defaults(object) {
    object.type ??= 'Opaque';
    if (object.stringData) {
      object.data = { ...object.data };
      for (const [key, value] of Object.entries(object.stringData)) {
        object.data[key] = Buffer.from(String(value)).toString('base64');
      }
      delete object.stringData;
    }
  },
  validate(object, old) {
    const causes = dataKeyCauses('data', object.data);
    if (old && old.type !== object.type) {
      causes.push(cause.invalid('type', object.type, 'field is immutable'));
    }
    return causes;
  },
};

export const serviceAccounts: ResourceDefinition = {
  ...core,
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  kind: 'ServiceAccount',
  namespaced: true,
  shortNames: ['sa'],
  returnsDeleted: true,
  subresources: [
    {
      name: 'token',
      kind: 'TokenRequest',
      group: 'authentication.k8s.io',
      version: 'v1',
      verbs: ['create'],
    },
  ],
  columns: [
    nameColumn,
    count('Secrets', object => object.secrets?.length),
    ageColumn,
  ],
};

export const events: ResourceDefinition = {
  ...core,
  plural: 'events',
  singular: 'event',
  kind: 'Event',
  namespaced: true,
  shortNames: ['ev'],
  createsOnUpdate: true,
  columns: [
    text('Last Seen', object =>
      ageSince(
        object.lastTimestamp ??
          object.eventTime ??
          object.metadata.creationTimestamp,
      ),
    ),
    text('Type', object => object.type),
    text('Reason', object => object.reason),
    text(
      'Object',
      object =>
        `${(object.involvedObject?.kind ?? '').toLowerCase()}/${
          object.involvedObject?.name ?? ''
        }`,
    ),
    text('Subobject', object => object.involvedObject?.fieldPath, 1),
    text('Source', object => object.source?.component, 1),
    text('Message', object => object.message?.trim()),
    text(
      'First Seen',
      object =>
        ageSince(object.firstTimestamp ?? object.metadata.creationTimestamp),
      1,
    ),
    count('Count', object => object.count ?? 1, 1),
    { ...nameColumn, priority: 1 },
  ],
  fields: object => ({
    'involvedObject.kind': object.involvedObject?.kind ?? '',
    'involvedObject.namespace': object.involvedObject?.namespace ?? '',
    'involvedObject.name': object.involvedObject?.name ?? '',
    'involvedObject.uid': object.involvedObject?.uid ?? '',
    'involvedObject.apiVersion': object.involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion':
      object.involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': object.involvedObject?.fieldPath ?? '',
    reason: object.reason ?? '',
    reportingComponent: object.reportingComponent ?? '',
    source: object.source?.component ?? '',
    type: object.type ?? '',
  }),
};
