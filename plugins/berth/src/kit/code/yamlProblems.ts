import { parseAllDocuments } from 'yaml';

/** An error in a YAML text. */
export interface YamlProblem {
  /** From 1 on. */
  line: number;
  message: string;
}

/** The last text, which the page and the editor both ask about. */
let last: { text: string; problems: YamlProblem[] } | undefined;

/** Returns the errors of a YAML text, of one or more documents. */
export function yamlProblems(text: string): YamlProblem[] {
  if (last?.text !== text) {
    last = { text, problems: parseProblems(text) };
  }
  return last.problems;
}

function parseProblems(text: string): YamlProblem[] {
  const documents = parseAllDocuments(text, { prettyErrors: true });
  if (!Array.isArray(documents)) {
    return [];
  }
  return documents.flatMap(({ errors }) =>
    errors.map(({ linePos, message }) => ({
      line: linePos?.[0].line ?? 1,
      // The message goes on with the place and an excerpt of the text.
      message: message.split(/ at line \d+/)[0],
    })),
  );
}
