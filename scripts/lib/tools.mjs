import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './Problem.mjs';

/** The file that a command name means on the PATH, or undefined. */
export function findCommand(name, path = process.env.PATH) {
  return findCommands(name, path)[0];
}

/** All files on the PATH of that name. */
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

/** @throws Problem naming what the installation needs and how to get it */
export function assertBuildTools() {
  const missing = NATIVE_BUILD_TOOLS.filter(tool => !findCommand(tool));
  if (missing.length > 0) {
    throw new Problem(
      `Missing: ${missing.join(
        ', ',
      )}. They are needed to build the native parts of the dependencies.\nOn Debian and Ubuntu:\n\n    sudo apt-get install -y ${missing.join(
        ' ',
      )}`,
    );
  }
}
