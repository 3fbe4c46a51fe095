import { AccessExplanation } from '@berth/plugin-berth-common';

const MARKS = { Passed: '✓', Failed: '✗', Unknown: '?', Skipped: '–' };

/** Writes an explanation as plain text, for the people who can fix the problem. */
export function explanationText(explanation: AccessExplanation): string {
  const { user, cluster, namespace, steps } = explanation;
  const place =
    namespace === undefined ? cluster : `${namespace} on ${cluster}`;
  return [
    `${user}, ${place}:`,
    ...steps.map(({ status, link, message, hint }) =>
      [`${MARKS[status]} ${link}: ${message}`, hint && `  ${hint}`]
        .filter(Boolean)
        .join('\n'),
    ),
  ].join('\n');
}
