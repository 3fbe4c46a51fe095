import { parseAllDocuments } from 'yaml';

/** An error in a YAML text. */
export interface YamlProblem {
  /** From 1 on. */
  line: number;
  message: string;
}

/** Returns the errors of a YAML text, of one or more documents. */
export function yamlProblems(text: string): YamlProblem[] {
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
