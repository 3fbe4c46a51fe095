import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { escapeInvisible } from '../../text/quoteUntrusted';
import { pathOf } from './paths';
import { draftOf, SchemaDraft } from './remoteSchemas';

/** A thread is stopped after this time. */
const DEADLINE_MS = 3_000;
const MAX_HEAP_MB = 128;
const THREADS = 2;
const MAX_PROBLEMS = 20;
const MAX_MESSAGE = 300;

const atATime = pLimit(THREADS);

/** Ajv has a class for each family of drafts. It does not know draft 4, for which only helm checks. */
const CLASSES: Partial<Record<SchemaDraft, string>> = {
  '6': 'ajv',
  '7': 'ajv',
  '2019': 'ajv/dist/2019',
  '2020': 'ajv/dist/2020',
};

/** The code of the thread. It is text, because it must run from sources, from a build and under a test runner. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { ajv, draft6, schema, values, maxProblems } = workerData;
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
let problems;
try {
  const valid = checker.compile(schema);
  problems = valid(values)
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
        ].filter(Boolean).join(': '),
      }));
} catch {
  // The schema has no meaning for Ajv.
}
parentPort.postMessage(problems);
`;

/** What is wrong with one value. */
export interface ValueProblem {
  /** Such as `image.tag`; empty for all values. */
  path: string;
  /** For people. It holds no value. */
  message: string;
}

/**
 * Checks values by the schema of a chart, in a thread of its own: a schema may have patterns that take for ever.
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
    return runThread(
      {
        ajv: require.resolve(name),
        ...(draft === '6' && {
          draft6: require.resolve('ajv/dist/refs/json-schema-draft-06.json'),
        }),
        schema,
        values,
        maxProblems: MAX_PROBLEMS,
      },
      signal,
    );
  });
  return problems?.map(({ path, message }) => ({
    path: pathOf(path),
    message: escapeInvisible(message).slice(0, MAX_MESSAGE),
  }));
}

async function runThread(
  workerData: object,
  signal: AbortSignal,
): Promise<{ path: string[]; message: string }[] | undefined> {
  const worker = new Worker(THREAD, {
    eval: true,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    workerData,
  });
  const end = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
  try {
    const [problems] = await once(worker, 'message', { signal: end });
    return problems;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    // A thread that ran out of memory emits a second error.
    worker.removeAllListeners().on('error', () => {});
    worker.terminate().catch(() => {});
  }
}
