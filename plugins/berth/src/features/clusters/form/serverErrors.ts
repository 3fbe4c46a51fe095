import { FieldProblem } from '@berth/plugin-berth-common';
import { ServerErrors, sortByField } from '../../../kit/format';
import { ClusterField, EMPTY_VALUES } from './clusterForm';

/** The most exact first. */
const FIELDS = (Object.keys(EMPTY_VALUES) as ClusterField[]).sort(
  (one, other) => other.length - one.length,
);

/** Fields that differ between the form and the API. */
const ELSEWHERE = new Map<string, ClusterField>([
  ['ingress', 'ingress.certificate'],
  ['ingress.useDefaultCertificate', 'ingress.certificate'],
  ['nodePlacement', 'nodePlacement.nodeSelector'],
]);

/** Sorts a refusal by field. A conflict may be about the name, or about the cluster that answers at an address. */
export function serverErrorsOf(error: unknown): ServerErrors<ClusterField> {
  return sortByField(error, fieldNamedBy, ['invalid', 'conflict']);
}

/** Sorts the problems of a dry run by field; problems of no field appear on submission. */
export function previewErrorsOf(
  problems: FieldProblem[],
): ServerErrors<ClusterField>['fields'] {
  return Object.fromEntries(
    problems
      .map(
        ({ field, message }) =>
          [fieldNamedBy(message) ?? fieldOf(field), message] as const,
      )
      .filter(([field]) => field),
  );
}

/** The message names the nested field; the problem itself names only the outer field. */
function fieldNamedBy(message: string): ClusterField | undefined {
  return fieldOf(/^\S+(?= )/.exec(message)?.[0] ?? '');
}

/** @param path - as the server writes it, such as `nodePlacement["tolerations"][0]["key"]` */
function fieldOf(path: string): ClusterField | undefined {
  const dotted = path.replace(/\["?([^\]"]*)"?\]/g, '.$1');
  return (
    ELSEWHERE.get(dotted) ??
    FIELDS.find(field => dotted === field || dotted.startsWith(`${field}.`))
  );
}
