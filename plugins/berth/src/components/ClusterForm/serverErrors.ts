import { FieldProblem } from '@berth/plugin-berth-common';
import { problemOf } from '../../format';
import { ClusterField, EMPTY_VALUES } from './clusterForm';

/** What the server refused: at the fields that it names, and whatever it said besides. */
export interface ServerErrors {
  fields: Partial<Record<ClusterField, string>>;
  /** Set where something was said that belongs to no field. */
  rest?: unknown;
}

/** The most exact first. */
const FIELDS = (Object.keys(EMPTY_VALUES) as ClusterField[]).sort(
  (one, other) => other.length - one.length,
);

/** Where the form asks for something otherwise than the API. */
const ELSEWHERE = new Map<string, ClusterField>([
  ['ingress', 'ingress.certificate'],
  ['ingress.useDefaultCertificate', 'ingress.certificate'],
  ['nodePlacement', 'nodePlacement.nodeSelector'],
]);

/**
 * Sorts a refusal by field. The server says all problems in one message, parted by semicolons, each
 * beginning with the field that it is about; a conflict is always about the name.
 */
export function serverErrorsOf(error: unknown): ServerErrors {
  const { kind, message } = problemOf(error);
  if (kind === 'conflict') {
    return { fields: { name: message } };
  }
  if (kind !== 'invalid') {
    return { fields: {}, rest: error };
  }
  const fields: ServerErrors['fields'] = {};
  let current: ClusterField | undefined;
  for (const part of message.split('; ')) {
    current = fieldNamedBy(part) ?? current;
    if (!current) {
      return { fields: {}, rest: error };
    }
    fields[current] = fields[current] ? `${fields[current]}; ${part}` : part;
  }
  return { fields };
}

/** Sorts what a dry run found by field; what belongs to no field is left to the submission. */
export function previewErrorsOf(
  problems: FieldProblem[],
): ServerErrors['fields'] {
  return Object.fromEntries(
    problems
      .map(
        ({ field, message }) =>
          [fieldNamedBy(message) ?? fieldOf(field), message] as const,
      )
      .filter(([field]) => field),
  );
}

/** The message names the nested field, where a problem's own field is that of the whole. */
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
