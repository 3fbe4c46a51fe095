import { KubeObject } from '../types';
import { limitRangeCauses, resourceQuotaCauses } from './quotaValidation';
import { ageColumn, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const core = { group: '', version: 'v1' };

export const resourceQuotas: ResourceDefinition = {
  ...core,
  plural: 'resourcequotas',
  singular: 'resourcequota',
  kind: 'ResourceQuota',
  namespaced: true,
  shortNames: ['quota'],
  hasStatus: true,
  returnsDeleted: true,
  columns: [
    nameColumn,
    ageColumn,
    text('Request', object => quotaCell(object, false) ?? ''),
    text('Limit', object => quotaCell(object, true) ?? ''),
  ],
  validate: ({ spec }) => resourceQuotaCauses(spec),
};

function quotaCell(quota: KubeObject, limits: boolean): string | undefined {
  const hard: Record<string, string> = quota.status?.hard ?? {};
  return Object.keys(hard)
    .filter(name => name.startsWith('limits.') === limits)
    .sort()
    .map(name => `${name}: ${quota.status?.used?.[name] ?? '0'}/${hard[name]}`)
    .join(', ');
}

export const limitRanges: ResourceDefinition = {
  ...core,
  plural: 'limitranges',
  singular: 'limitrange',
  kind: 'LimitRange',
  namespaced: true,
  shortNames: ['limits'],
  createsOnUpdate: true,
  columns: [
    nameColumn,
    text('Created At', object => object.metadata.creationTimestamp),
  ],
  defaults(object) {
    for (const item of object.spec?.limits ?? []) {
      if (item.type === 'Container') {
        item.default = { ...item.max, ...item.default };
        item.defaultRequest = {
          ...item.min,
          ...item.default,
          ...item.defaultRequest,
        };
        for (const field of ['default', 'defaultRequest']) {
          if (Object.keys(item[field]).length === 0) {
            delete item[field];
          }
        }
      }
    }
  },
  validate: ({ spec }) => limitRangeCauses(spec),
};
