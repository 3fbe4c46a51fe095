import { OnboardingGuide } from '@berth/plugin-berth-common';

/** Writes a guide as text, such as for a terminal. */
export function guideText({ title, notes, steps }: OnboardingGuide): string {
  const parts = [
    [title, ...notes.map(note => `- ${note}`)].map(comment).join(''),
    ...steps.map((step, index) =>
      [
        comment(`${index + 1}. ${step.title}`),
        comment(`   ${step.why}.`),
        ...(step.filename === undefined
          ? []
          : [comment(`   File: ${step.filename}`)]),
        '\n',
        step.text,
      ].join(''),
    ),
  ];
  return parts.join('\n');
}

/** Keeps every line in the comment, also with unusual line breaks. */
function comment(text: string): string {
  return `# ${text.split(/[\r\n\u0085\u2028\u2029]+/).join(' ')}\n`;
}
