import { at, Json, listAt, mapAt, mapOf, textAt, textsAt } from './reading';

/** Returns the label selector by which a workload selects its pods, as text; undefined if it selects none. */
export function podSelectorOf(
  plural: string,
  object: Json,
): string | undefined {
  const labels =
    plural === 'replicationcontrollers'
      ? mapAt(object, 'spec.selector')
      : mapOf(at(object, 'spec.selector.matchLabels'));
  const requirements = [
    ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ...listAt(object, 'spec.selector.matchExpressions').flatMap(requirementOf),
  ];
  return requirements.length > 0 ? requirements.join(',') : undefined;
}

function requirementOf(expression: Json): string[] {
  const key = textAt(expression, 'key') ?? '';
  const values = textsAt(expression, 'values').join(',');
  switch (textAt(expression, 'operator')) {
    case 'In':
      return [`${key} in (${values})`];
    case 'NotIn':
      return [`${key} notin (${values})`];
    case 'Exists':
      return [key];
    case 'DoesNotExist':
      return [`!${key}`];
    default:
      return [];
  }
}
