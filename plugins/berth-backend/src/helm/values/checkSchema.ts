import { ParserError, ParserPool } from '@berth/plugin-berth-node';
import pLimit from 'p-limit';
import { escapeInvisible } from '../../text/quoteUntrusted';
import { pathOf } from './paths';
import { draftOf, SchemaDraft } from './remoteSchemas';

/** A check is stopped after this time. */
const DEADLINE_MS = 3_000;
const MAX_HEAP_MB = 128;
const CHECKS = 2;
const MAX_PROBLEMS = 20;
const MAX_MESSAGE = 300;

const atATime = pLimit(CHECKS);

/** Ajv has a class for each family of drafts. It does not know draft 4, for which only helm checks. */
const CLASSES: Partial<Record<SchemaDraft, string>> = {
  '6': 'ajv',
  '7': 'ajv',
  '2019': 'ajv/dist/2019',
  '2020': 'ajv/dist/2020',
};

const PARSER = `function* (bytes, settings) {
  const { ajv, draft6, schema, values, maxProblems, maxMessage } = settings;
  const { default: Ajv } = require(ajv);
  const checker = new Ajv({
    allErrors: true,
    logger: false,
    strict: false,
    validateFormats: false,
  });
  if (draft6) {
    checker.addMetaSchema(require(draft6));
  }
  const valid = checker.compile(schema);
  yield valid(values)
    ? []
    : valid.errors.slice(0, maxProblems).map(({ instancePath, keyword, message, params }) => ({
        path: instancePath
          .split('/')
          .slice(1)
          .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~')),
        message: [
          message,
          params.additionalProperty ?? params.unevaluatedProperty,
          keyword === 'enum' && JSON.stringify(params.allowedValues),
        ].filter(Boolean).join(': ').slice(0, maxMessage),
      }));
}`;

/** Each schema has a process of its own, because Ajv compiles it to code. */
const pool = new ParserPool({ parser: PARSER, maxHeapMb: MAX_HEAP_MB });

/** What is wrong with one value. */
export interface ValueProblem {
  /** Such as `image.tag`; empty for all values. */
  path: string;
  /** For people. It holds no value. */
  message: string;
}

/**
 * Checks values by the schema of a chart, in a process of its own: a schema may have patterns that take for ever, or all memory.
 *
 * @param schema - without remote references
 * @returns undefined if the portal cannot tell, within its bounds; helm checks again
 */
export async function checkSchema(
  schema: unknown,
  values: unknown,
  signal: AbortSignal,
): Promise<ValueProblem[] | undefined> {
  const draft = draftOf(schema);
  const name = CLASSES[draft];
  if (name === undefined) {
    return undefined;
  }
  const problems = await atATime(() => {
    signal.throwIfAborted();
    return run(
      {
        ajv: require.resolve(name),
        ...(draft === '6' && {
          draft6: require.resolve('ajv/dist/refs/json-schema-draft-06.json'),
        }),
        schema,
        values,
        maxProblems: MAX_PROBLEMS,
        maxMessage: MAX_MESSAGE,
      },
      signal,
    );
  });
  return problems?.map(({ path, message }) => ({
    path: pathOf(path),
    message: escapeInvisible(message).slice(0, MAX_MESSAGE),
  }));
}

async function run(
  settings: object,
  signal: AbortSignal,
): Promise<{ path: string[]; message: string }[] | undefined> {
  const job = {
    bytes: new Uint8Array(),
    settings,
    deadlineMs: DEADLINE_MS,
    signal,
  };
  try {
    for await (const problems of pool.run(job)) {
      return problems as { path: string[]; message: string }[];
    }
    return undefined;
  } catch (error) {
    if (error instanceof ParserError) {
      return undefined;
    }
    throw error;
  }
}
