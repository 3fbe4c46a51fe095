import { quoteUntrusted } from '../../text/quoteUntrusted';
import { NeededRight } from './neededRights';
import { QuotingSentence } from './sentences';

const MAX_NAMES = 5;
/** Groups of which the role edit of Kubernetes allows all that charts usually hold. */
const FOR_EDIT: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'networking.k8s.io',
  'policy',
]);
/** Resources of these groups that no role in a namespace lets people write. */
const NOT_FOR_EDIT: ReadonlySet<string> = new Set([
  'limitranges',
  'namespaces',
  'resourcequotas',
]);
const RBAC = 'rbac.authorization.k8s.io';

/** Describes a missing right, such as `You may not create clusterroles "x" on prod`. */
export function missingRight(
  { verb, group, resource, namespace, names }: NeededRight,
  cluster: string,
): string {
  const what = group === '' ? resource : `${resource}.${group}`;
  const listed = names.slice(0, MAX_NAMES).map(quoteUntrusted).join(', ');
  const more = names.length > MAX_NAMES ? ' and others' : '';
  const where = namespace === undefined ? '' : ` in ${namespace}`;
  return `You may not ${verb} ${what}${
    listed === '' ? '' : ` ${listed}${more}`
  }${where} on ${cluster}`;
}

/** Describes a missing right, and who can give it. A chart chooses the names, so logs have none. */
export function refusalFor(
  right: NeededRight,
  cluster: string,
): QuotingSentence {
  const help = helpFor(right);
  return {
    text: `${missingRight(right, cluster)}. ${help}`,
    forLogs: `${missingRight({ ...right, names: [] }, cluster)}. ${help}`,
  };
}

/** Describes who can give a right. */
export function helpFor({ group, resource, namespace }: NeededRight): string {
  if (namespace === undefined) {
    return 'It concerns the whole cluster: a platform admin can do it';
  }
  if (group === RBAC) {
    return `The role admin of the namespace ${namespace} allows it; an owner of the namespace can give it`;
  }
  return FOR_EDIT.has(group) && !NOT_FOR_EDIT.has(resource)
    ? `The role edit of the namespace ${namespace} allows it; an owner of the namespace can give it`
    : `Ask a platform admin whether a role in ${namespace} can allow it`;
}
