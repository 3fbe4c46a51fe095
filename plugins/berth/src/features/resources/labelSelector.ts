const KEY =
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** A part of a selector that Kubernetes would refuse. */
export interface SelectorProblem {
  /** The part, as a person typed it. */
  part: string;
  rule: 'requirement' | 'key' | 'value';
}

/**
 * Returns the first part of a label selector that Kubernetes would refuse.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selectorProblem(selector: string): SelectorProblem | undefined {
  if (selector.trim() === '') {
    return undefined;
  }
  for (const written of requirements(selector)) {
    const part = written.trim();
    const read = readRequirement(part);
    if (!read) {
      return { part, rule: 'requirement' };
    }
    if (!KEY.test(read.key)) {
      return { part, rule: 'key' };
    }
    if (!read.values.every(value => VALUE.test(value))) {
      return { part, rule: 'value' };
    }
  }
  return undefined;
}

/** Splits a selector at its commas, but not within the parentheses of a set. */
function requirements(selector: string): string[] {
  return selector.split(/,(?![^(]*\))/);
}

function readRequirement(
  part: string,
): { key: string; values: string[] } | undefined {
  const set = /^(\S+)\s+(?:in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set) {
    return { key: set[1], values: set[2].split(',').map(one => one.trim()) };
  }
  const number = /^([^\s<>]+)\s*[<>]\s*(-?\d+)$/.exec(part);
  if (number) {
    return { key: number[1], values: [] };
  }
  const equal = /^([^\s=!]+)\s*(?:==|=|!=)\s*([^\s=]*)$/.exec(part);
  if (equal) {
    return { key: equal[1], values: [equal[2]] };
  }
  const exists = /^!?\s*([^\s=!<>()]+)$/.exec(part);
  return exists ? { key: exists[1], values: [] } : undefined;
}
