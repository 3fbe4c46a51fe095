import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/*
 * Accepted problems. backstage-cli decides the format of its output, so every Backstage package has them: ES
 * modules in files called .js, which only bundlers read; the conditions `backstage` and `import` before
 * `types`; CommonJS with a default export, which Backstage's backend unwraps.
 */
const ACCEPTED_BY_PUBLINT = new Set([
  'CJS_WITH_ESMODULE_DEFAULT_EXPORT',
  'EXPORTS_TYPES_SHOULD_BE_FIRST',
  'EXPORT_TYPES_INVALID_FORMAT',
  'FILE_INVALID_FORMAT',
  'HAS_MODULE_BUT_NO_EXPORTS',
  'TYPES_NOT_EXPORTED',
]);
const ACCEPTED_BY_TYPES = new Set([
  'CJSOnlyExportsDefault',
  'CJSResolvesToESM',
  'FallbackCondition',
  'UnexpectedModuleSyntax',
]);

/**
 * Finds the problems of the entry points of a packed package: files that are missing, and imports that resolve
 * to nothing or to other types than the code has.
 *
 * @param {Buffer} tarball
 * @returns {Promise<string[]>}
 */
export async function entryPointProblems(tarball) {
  const bytes = new Uint8Array(tarball);
  return [...(await lintProblems(bytes)), ...(await typeProblems(bytes))];
}

async function lintProblems(bytes) {
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer },
    level: 'warning',
    strict: true,
  });
  return messages
    .filter(
      message =>
        !ACCEPTED_BY_PUBLINT.has(message.code) && !isFeatureCondition(message),
    )
    .map(message => `${formatMessage(message, pkg)} (publint ${message.code})`);
}

/**
 * Returns whether a problem is about the condition `backstage`, by which Backstage finds the features of a
 * package. The condition names a type and no file.
 */
function isFeatureCondition({ code, path }) {
  return code === 'EXPORTS_VALUE_INVALID' && path.at(-1) === 'backstage';
}

/** Returns whether a package is only a program, which no code imports. */
function isProgram(unpacked) {
  const { bin, main, exports } = JSON.parse(
    unpacked.readFile(`/node_modules/${unpacked.packageName}/package.json`),
  );
  return Boolean(bin) && !main && !exports;
}

async function typeProblems(bytes) {
  const unpacked = createPackageFromTarballData(bytes);
  if (isProgram(unpacked)) {
    return [];
  }
  const result = await checkPackage(unpacked);
  if (!result.types) {
    return ['has no types'];
  }
  return result.problems
    .filter(problem => !ACCEPTED_BY_TYPES.has(problem.kind))
    .map(
      ({ kind, trace: _, ...details }) =>
        `${kind} ${JSON.stringify(details)} (attw)`,
    );
}
