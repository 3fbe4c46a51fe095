import { badRequest } from '../status';

export type LabelPredicate = (
  labels: Record<string, string> | undefined,
) => boolean;

type Requirement =
  | { key: string; operator: 'in' | 'notin'; values: string[] }
  | { key: string; operator: 'exists' | 'absent' }
  | { key: string; operator: 'gt' | 'lt'; value: number };

const KEY =
  /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Reads a label selector from a query: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
 *
 * @throws StatusError 400 if the selector cannot be read
 */
export function parseLabelSelector(text: string | undefined): LabelPredicate {
  if (!text?.trim()) {
    return () => true;
  }
  return matchAll(splitOutsideParentheses(text).map(readRequirement));
}

/** Returns the predicate of a `LabelSelector` object: `matchLabels` and `matchExpressions`. */
export function labelSelectorMatches(
  selector:
    | {
        matchLabels?: Record<string, string>;
        matchExpressions?: {
          key: string;
          operator: string;
          values?: string[];
        }[];
      }
    | undefined,
): LabelPredicate {
  if (!selector) {
    return () => false;
  }
  const requirements: Requirement[] = Object.entries(
    selector.matchLabels ?? {},
  ).map(([key, value]) => ({ key, operator: 'in', values: [value] }));
  for (const { key, operator, values = [] } of selector.matchExpressions ??
    []) {
    switch (operator) {
      case 'In':
        requirements.push({ key, operator: 'in', values });
        break;
      case 'NotIn':
        requirements.push({ key, operator: 'notin', values });
        break;
      case 'Exists':
        requirements.push({ key, operator: 'exists' });
        break;
      default:
        requirements.push({ key, operator: 'absent' });
    }
  }
  return matchAll(requirements);
}

function matchAll(requirements: Requirement[]): LabelPredicate {
  return labels => requirements.every(entry => matches(entry, labels ?? {}));
}

function matches(
  requirement: Requirement,
  labels: Record<string, string>,
): boolean {
  const present = Object.hasOwn(labels, requirement.key);
  const value = labels[requirement.key];
  switch (requirement.operator) {
    case 'in':
      return present && requirement.values.includes(value);
    case 'notin':
      return !present || !requirement.values.includes(value);
    case 'exists':
      return present;
    case 'absent':
      return !present;
    case 'gt':
      return present && Number(value) > requirement.value;
    default:
      return present && Number(value) < requirement.value;
  }
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === ',' && depth === 0) {
      parts.push(current);
      current = '';
      continue;
    }
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    current += character;
  }
  parts.push(current);
  return parts.map(part => part.trim());
}

function readRequirement(text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    values.forEach(value => checkValue(value));
    return {
      key: checkKey(set[1]),
      operator: set[2] as 'in' | 'notin',
      values,
    };
  }
  const equality = /^([^\s=!<>()]+)\s*(==|=|!=|>|<)\s*([^\s=!<>()]*)$/.exec(
    text,
  );
  if (equality) {
    const key = checkKey(equality[1]);
    const value = equality[3];
    if (equality[2] === '>' || equality[2] === '<') {
      if (!/^-?\d+$/.test(value)) {
        throw unreadable(
          `for 'Gt', 'Lt' operators, the value must be an integer`,
        );
      }
      return {
        key,
        operator: equality[2] === '>' ? 'gt' : 'lt',
        value: Number(value),
      };
    }
    checkValue(value);
    return {
      key,
      operator: equality[2] === '!=' ? 'notin' : 'in',
      values: [value],
    };
  }
  const existence = /^(!?)\s*([^\s=!<>()]+)$/.exec(text);
  if (existence) {
    return {
      key: checkKey(existence[2]),
      operator: existence[1] ? 'absent' : 'exists',
    };
  }
  const unclosed = /\s(?:in|notin)\s+(.*)$/.exec(text);
  throw unreadable(
    unclosed
      ? `found '${unclosed[1]}' expected: '('`
      : `found '${text}', expected: identifier`,
  );
}

function checkKey(key: string): string {
  if (!KEY.test(key)) {
    throw unreadable(
      `key: Invalid value: ${JSON.stringify(
        key,
      )}: name part must consist of alphanumeric characters, '-', '_' or '.'`,
    );
  }
  return key;
}

function checkValue(value: string): void {
  if (!VALUE.test(value)) {
    throw unreadable(
      `values[0][${value}]: Invalid value: ${JSON.stringify(
        value,
      )}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'`,
    );
  }
}

function unreadable(why: string) {
  return badRequest(`unable to parse requirement: ${why}`);
}

export interface FieldRequirement {
  field: string;
  value: string;
  negated: boolean;
}

/**
 * Reads a field selector: `metadata.name=x,status.phase!=Running`.
 *
 * @throws StatusError 400 if the selector cannot be read
 */
export function parseFieldSelector(
  text: string | undefined,
): FieldRequirement[] {
  if (!text?.trim()) {
    return [];
  }
  return text.split(/(?<!\\),/).map(part => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/s.exec(part.trim());
    if (!match) {
      throw badRequest(
        `invalid field selector ${JSON.stringify(
          text,
        )}; can't understand ${JSON.stringify(part)}`,
      );
    }
    return {
      field: match[1],
      value: match[3].replace(/\\([\\,=])/g, '$1'),
      negated: match[2] === '!=',
    };
  });
}
