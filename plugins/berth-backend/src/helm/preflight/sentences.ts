/** A sentence with words of helm, of a chart or of a cluster, which may hold secrets. */
export interface QuotingSentence {
  /** For the answer to the person who asks. */
  text: string;
  /** The sentence without those words, for logs and errors. */
  forLogs: string;
}

/** A sentence of a preview. A string has no words that may hold secrets. */
export type Sentence = string | QuotingSentence;

/** Why an operation is not possible, and what to know before it. */
export interface Sentences {
  refusals: Sentence[];
  warnings: Sentence[];
}

/** Returns sentences for the person who asks. */
export function textsOf(sentences: Sentence[]): string[] {
  return sentences.map(textOf);
}

/** Returns sentences for logs and errors, each once. */
export function logTextsOf(sentences: Sentence[]): string[] {
  return [
    ...new Set(
      sentences.map(one => (typeof one === 'string' ? one : one.forLogs)),
    ),
  ];
}

/** Returns the sentences that have different texts. */
export function withoutRepeated(sentences: Sentence[]): Sentence[] {
  return [...new Map(sentences.map(one => [textOf(one), one])).values()];
}

function textOf(sentence: Sentence): string {
  return typeof sentence === 'string' ? sentence : sentence.text;
}
