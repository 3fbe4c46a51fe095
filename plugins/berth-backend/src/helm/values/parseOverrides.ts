import { InputError } from '@backstage/errors';
import { parseDocuments } from '../../resources/objects/parseDocuments';
import { JsonRecord } from '../../resources/objects/json';
import { atField } from '../../text/fieldProblems';
import { assertSmallYaml } from '../releases/manifest';
import { problemOfValues } from '../releases/values';
import { pathOf } from './paths';

const FIELD = 'values';

/**
 * Reads the values that a person wrote, as Helm does. The text is bounded, because to parse more would hold up others.
 *
 * @throws InputError with the line and the rule; the message holds no value of the text
 */
export function parseOverrides(yaml: string): JsonRecord {
  const refuse = (rule: string) =>
    atField(new InputError(`${FIELD}: ${rule}`), FIELD);
  try {
    assertSmallYaml(yaml);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const documents = parseDocuments(yaml, FIELD, {
    must: 'be an object, with a key for each value',
  });
  if (documents.length > 1) {
    throw refuse(
      `line ${documents[1].line} begins a second document; there may be one only`,
    );
  }
  const values = documents[0]?.value ?? {};
  const problem = problemOfValues(values);
  if (problem !== undefined) {
    throw refuse(problem);
  }
  const imprecise = impreciseNumber(values);
  if (imprecise) {
    throw refuse(
      `${pathOf(
        imprecise,
      )} is a number that Helm would round: write it as a text, in quotes`,
    );
  }
  return values;
}

/** Returns the path of a whole number that a double cannot hold, or of one that is no number. */
export function impreciseNumber(
  value: unknown,
  path: string[] = [],
): string[] | undefined {
  if (typeof value === 'number') {
    return !Number.isFinite(value) ||
      (Number.isInteger(value) && !Number.isSafeInteger(value))
      ? path
      : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const found = impreciseNumber(item, [...path, key]);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}
