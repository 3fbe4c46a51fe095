import { Problem } from '../Problem.mjs';

/**
 * A fenced block of the installation guide. Its attributes follow the language in the opening fence, where
 * Markdown shows nothing of them.
 *
 * @typedef {object} Block
 * @property {string} language - `sh`, `ts`, `tsx` or `yaml`
 * @property {string} text
 * @property {number} line - of the opening fence
 * @property {string} [title] - the file that it belongs to
 * @property {string} [before] - part of the line that it is inserted before
 * @property {string} [after] - part of the line that it is inserted after
 * @property {string} [app] - `legacy` or `new` if it is for one frontend system only
 * @property {string} [run] - `never` if it does not apply to a new app
 */

const FENCE = /^```(\w+)(.*)\n([\s\S]*?)^```$/gm;
const ATTRIBUTE = /\s(\w+)=(?:"([^"]*)"|'([^']*)')/g;

/** @returns {Block[]} all fenced blocks */
export function readBlocks(markdown) {
  return [...markdown.matchAll(FENCE)].map(match => {
    const [, language, info, text] = match;
    const attributes = [...info.matchAll(ATTRIBUTE)].map(
      ([, name, double, single]) => [name, double ?? single],
    );
    return {
      ...Object.fromEntries(attributes),
      language,
      text,
      line: markdown.slice(0, match.index).split('\n').length,
    };
  });
}

/**
 * Returns the blocks to apply to a new app, in order.
 *
 * @param {'new' | 'legacy'} app
 */
export function stepsFor(blocks, app) {
  return blocks.filter(
    block => block.run !== 'never' && (block.app ?? app) === app,
  );
}

/** Returns the version of `@backstage/create-app` that the guide names. */
export function createAppVersion(blocks) {
  for (const { text } of blocks) {
    const version = /@backstage\/create-app@(\S+)/.exec(text)?.[1];
    if (version) {
      return version;
    }
  }
  throw new Problem('The guide names no version of @backstage/create-app.');
}

/**
 * Inserts a block's text into its file.
 *
 * @throws Problem unless exactly one line of the file is the one that the guide names
 */
export function insert(source, { title, before, after, text, line }) {
  const anchor = before ?? after;
  const where = `${title}, for the block at line ${line} of the guide,`;
  if (!anchor) {
    throw new Problem(`${where} has neither "before" nor "after".`);
  }
  const lines = source.split('\n');
  const found = lines.flatMap((candidate, index) =>
    candidate.includes(anchor) ? [index] : [],
  );
  if (found.length !== 1) {
    throw new Problem(
      `${where} has ${found.length} lines with ${JSON.stringify(
        anchor,
      )}, but must have one.`,
    );
  }
  const at = before ? found[0] : found[0] + 1;
  lines.splice(at, 0, ...text.replace(/\n$/, '').split('\n'));
  return lines.join('\n');
}

/** Returns a command of the guide with packages from files in place of those in a registry. */
export function withTarballs(command, packages) {
  return command.replace(/@berth\/[\w-]+/g, name => {
    const found = packages.find(candidate => candidate.name === name);
    if (!found) {
      throw new Problem(`The guide installs ${name}, which is not packed.`);
    }
    return `${name}@file:${found.tarball}`;
  });
}

const MANIFEST =
  /https:\/\/versions\.backstage\.io\/v1\/releases\/([^/']+)\/manifest\.json/g;

/**
 * Returns a command of the guide with a list of the release's packages in place of the address of Backstage's
 * list, because tests need only a package registry.
 *
 * @param {{releaseVersion: string, packages: Array<{name: string, version: string}>}} manifest
 */
export function withManifest(command, manifest) {
  return command.replace(MANIFEST, (_, release) => {
    if (release !== manifest.releaseVersion) {
      throw new Problem(
        `The guide pins Backstage ${release}, but this repository is for ${manifest.releaseVersion}.`,
      );
    }
    const json = Buffer.from(JSON.stringify(manifest)).toString('base64');
    return `data:application/json;base64,${json}`;
  });
}
