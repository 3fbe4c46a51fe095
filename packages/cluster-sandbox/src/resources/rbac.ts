import { isDeepStrictEqual } from 'node:util';
import { Cause, cause } from '../status';
import { JsonObject, KubeObject } from '../types';
import { ageColumn, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const rbac = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  nameRule: 'path' as const,
  createsOnUpdate: true,
};

const createdAt = text(
  'Created At',
  object => object.metadata.creationTimestamp,
);

function ruleCauses(object: KubeObject): Cause[] {
  const causes: Cause[] = [];
  (object.rules ?? []).forEach((rule: JsonObject, index: number) => {
    const at = `rules[${index}]`;
    if (!rule.verbs?.length) {
      causes.push(
        cause.required(`${at}.verbs`, 'verbs must contain at least one value'),
      );
    }
    if (rule.nonResourceURLs?.length) {
      if (object.kind === 'Role') {
        causes.push(
          cause.invalid(
            `${at}.nonResourceURLs`,
            rule.nonResourceURLs,
            'namespaced rules cannot apply to non-resource URLs',
          ),
        );
      }
      return;
    }
    if (!rule.apiGroups?.length) {
      causes.push(
        cause.required(
          `${at}.apiGroups`,
          'resource rules must supply at least one api group',
        ),
      );
    }
    if (!rule.resources?.length) {
      causes.push(
        cause.required(
          `${at}.resources`,
          'resource rules must supply at least one resource',
        ),
      );
    }
  });
  return causes;
}

export const roles: ResourceDefinition = {
  ...rbac,
  plural: 'roles',
  singular: 'role',
  kind: 'Role',
  namespaced: true,
  columns: [nameColumn, createdAt],
  validate: ruleCauses,
};

export const clusterRoles: ResourceDefinition = {
  ...rbac,
  plural: 'clusterroles',
  singular: 'clusterrole',
  kind: 'ClusterRole',
  namespaced: false,
  columns: [nameColumn, createdAt],
  validate: ruleCauses,
};

function defaultBinding(object: KubeObject): void {
  if (object.roleRef) {
    object.roleRef.apiGroup ||= rbac.group;
  }
  for (const subject of object.subjects ?? []) {
    if (subject.kind === 'User' || subject.kind === 'Group') {
      subject.apiGroup ||= rbac.group;
    }
  }
}

function bindingCauses(kinds: string[]) {
  return (object: KubeObject, old: KubeObject | undefined): Cause[] => {
    const causes: Cause[] = [];
    const { roleRef } = object;
    if (!kinds.includes(roleRef?.kind)) {
      causes.push(
        cause.notSupported('roleRef.kind', roleRef?.kind ?? '', kinds),
      );
    }
    if (!roleRef?.name) {
      causes.push(cause.required('roleRef.name'));
    }
    (object.subjects ?? []).forEach((subject: JsonObject, index: number) => {
      const at = `subjects[${index}]`;
      if (!subject.name) {
        causes.push(cause.required(`${at}.name`));
      }
      if (!['User', 'Group', 'ServiceAccount'].includes(subject.kind)) {
        causes.push(
          cause.notSupported(`${at}.kind`, subject.kind ?? '', [
            'ServiceAccount',
            'User',
            'Group',
          ]),
        );
      }
      if (subject.kind === 'ServiceAccount' && !subject.namespace) {
        causes.push(cause.required(`${at}.namespace`));
      }
    });
    if (old && !isDeepStrictEqual(old.roleRef, roleRef)) {
      causes.push(cause.invalid('roleRef', roleRef, 'cannot change roleRef'));
    }
    return causes;
  };
}

function subjectNames(kind: string) {
  return (object: KubeObject) =>
    (object.subjects ?? [])
      .filter((subject: JsonObject) => subject.kind === kind)
      .map((subject: JsonObject) =>
        subject.namespace
          ? `${subject.namespace}/${subject.name}`
          : subject.name,
      )
      .join(', ');
}

const bindingColumns = [
  nameColumn,
  text('Role', object => `${object.roleRef?.kind}/${object.roleRef?.name}`),
  ageColumn,
  text('Users', subjectNames('User'), 1),
  text('Groups', subjectNames('Group'), 1),
  text('ServiceAccounts', subjectNames('ServiceAccount'), 1),
];

export const roleBindings: ResourceDefinition = {
  ...rbac,
  plural: 'rolebindings',
  singular: 'rolebinding',
  kind: 'RoleBinding',
  namespaced: true,
  columns: bindingColumns,
  defaults: defaultBinding,
  validate: bindingCauses(['Role', 'ClusterRole']),
};

export const clusterRoleBindings: ResourceDefinition = {
  ...rbac,
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  kind: 'ClusterRoleBinding',
  namespaced: false,
  columns: bindingColumns,
  defaults: defaultBinding,
  validate: bindingCauses(['ClusterRole']),
};
