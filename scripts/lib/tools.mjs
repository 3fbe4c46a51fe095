import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './Problem.mjs';

/** Returns the first file of that name on the PATH, or undefined. */
export function findCommand(name, path = process.env.PATH) {
  return findCommands(name, path)[0];
}

/** Returns all files of that name on the PATH. */
export function findCommands(name, path = process.env.PATH) {
  return (path ?? '')
    .split(delimiter)
    .filter(directory => directory !== '')
    .map(directory => join(directory, name))
    .filter(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const NATIVE_BUILD_TOOLS = ['git', 'python3', 'make', 'g++'];

/** @throws Problem naming the missing tools and how to install them */
export function assertBuildTools() {
  const missing = NATIVE_BUILD_TOOLS.filter(tool => !findCommand(tool));
  if (missing.length > 0) {
    throw new Problem(
      `Missing: ${missing.join(
        ', ',
      )}. The native parts of the dependencies need them.\nOn Debian and Ubuntu:\n\n    sudo apt-get install -y ${missing.join(
        ' ',
      )}`,
    );
  }
}
