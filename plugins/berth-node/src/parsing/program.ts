/** How much longer than the portal the process itself waits, before it ends itself. */
const GRACE_MS = 1_000;

/**
 * Returns the program of a process that parses: text, because it must run from sources, from a build and under a test
 * runner.
 *
 * The process works on one job at a time. Its messages have the `size` of the text with the first `piece` of it, and the
 * `settings` with the last one. The process sends a part of the answer for each `next`, the deadline for this part. It ends with the portal, at the latest at
 * the deadline if it is busy then.
 *
 * @param parser - an expression of JavaScript: a generator function of the bytes and the settings
 */
export function programOf(parser: string): string {
  return `
const { writeFileSync } = require('node:fs');
const { runInThisContext } = require('node:vm');

try {
  // A process that ran out of memory must not leave the text in a core file.
  writeFileSync('/proc/self/coredump_filter', '0');
} catch {
  // Only Linux has this.
}

let parse;
let bytes;
let offset;
let parts;

globalThis.berthNext = () => parts.next();

function answer(deadlineMs) {
  try {
    const timeout = deadlineMs + ${GRACE_MS};
    const { value, done } = runInThisContext('berthNext()', { timeout });
    return done ? {} : { part: value };
  } catch (error) {
    if (error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      process.exit(1);
    }
    return { thrown: true };
  }
}

process.on('message', message => {
  if ('size' in message) {
    bytes = Buffer.alloc(message.size);
    offset = 0;
  }
  if ('piece' in message) {
    bytes.set(message.piece, offset);
    offset += message.piece.length;
  }
  if ('settings' in message) {
    parse ??= ${parser};
    parts = parse(bytes, message.settings);
    bytes = undefined;
  }
  if ('next' in message) {
    process.send(answer(message.next));
  }
});
process.on('disconnect', () => process.exit());
`;
}
