/** Quotes a word for a POSIX shell where it needs it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command of several arguments, one to a line. */
export function shellCommand(program: string, words: string[]): string {
  return `${[program, ...words].join(' \\\n  ')}\n`;
}
