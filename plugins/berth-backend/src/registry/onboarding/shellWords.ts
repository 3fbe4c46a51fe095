/** Quotes a word for a POSIX shell if necessary. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Writes a command with one argument on each line. */
export function shellCommand(program: string, words: string[]): string {
  return `${[program, ...words].join(' \\\n  ')}\n`;
}
