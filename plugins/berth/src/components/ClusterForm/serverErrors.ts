import { problemOf } from '../../format';
import { ClusterField, EMPTY_VALUES } from './clusterForm';

/** What the server refused: at the fields that it names, and whatever it said besides. */
export interface ServerErrors {
  fields: Partial<Record<ClusterField, string>>;
  /** Set where something was said that belongs to no field. */
  rest?: unknown;
}

const FIELDS = Object.keys(EMPTY_VALUES) as ClusterField[];

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
    current = FIELDS.find(field => part.startsWith(`${field} `)) ?? current;
    if (!current) {
      return { fields: {}, rest: error };
    }
    fields[current] = fields[current] ? `${fields[current]}; ${part}` : part;
  }
  return { fields };
}
