import { isError } from '@backstage/errors';
import { JsonRecord, textAt } from '../../resources/objects/json';
import { parseDocuments } from '../../resources/objects/parseDocuments';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { assertSmallYaml, itemsOf } from '../releases/manifest';
import { ArchiveFile } from './archive';

/** The files that Helm creates before the templates, of the chart and of its subcharts. */
const CRD_FILE = /^(charts\/[^/]+\/)*crds\/.*\.(ya?ml|json)$/i;
/** What the decoder of Kubernetes takes for the begin of a document, and what YAML does. */
const MARKER = /^---/;
const PLAIN_MARKER = /^---[ \t]*(#.*)?$/;
const NOTHING = /^\s*(#|$)/;
const FIELD = /^(apiVersion|kind|metadata|spec|status):(\s|$)/;
const KIND = /^kind: *(["']?)CustomResourceDefinition\1\s*(#.*)?$/;
const API_VERSION =
  /^apiVersion: *(["']?)apiextensions\.k8s\.io\/v1(beta1)?\1\s*(#.*)?$/;
const OTHER_BREAK = /\r|[\u0085\u2028\u2029]/;

/** A file in a folder `crds` of a chart or of a subchart. */
export interface CrdFile {
  path: string;
  /** Of the custom resource definitions. */
  names: string[];
  /** Why Helm must not create what the file holds. */
  problem?: string;
}

/** What the folders `crds` of a chart hold. */
export interface CrdFolders {
  /** The names of the custom resource definitions, each once. */
  crds: string[];
  /** Why Helm must not create what the folders hold. */
  crdProblems: string[];
}

/**
 * Reads the folders `crds` of a chart and of its subcharts. Helm creates what they hold before the templates and does
 * not print it, so they may hold nothing but custom resource definitions.
 */
export function readCrdFiles(
  files: { path: string; file: ArchiveFile }[],
): CrdFile[] {
  return files
    .filter(({ path }) => CRD_FILE.test(path))
    .map(({ path, file }) => {
      try {
        return { path, names: namesIn(file) };
      } catch (error) {
        if (!isError(error)) {
          throw error;
        }
        const problem = `The file ${quoteUntrusted(path)} of the chart ${
          error.message
        }`;
        return { path, names: [], problem };
      }
    });
}

/**
 * Returns what Helm creates of the files.
 *
 * @param left - the subcharts that Helm leaves out, of `turnedOff`
 */
export function crdFolders(
  files: readonly CrdFile[],
  left: readonly string[],
): CrdFolders {
  const created = files.filter(
    ({ path }) => !left.some(folder => path.startsWith(`${folder}/`)),
  );
  return {
    crds: [...new Set(created.flatMap(({ names }) => names))],
    crdProblems: created.flatMap(({ problem }) => problem ?? []),
  };
}

function namesIn({ text, truncated }: ArchiveFile): string[] {
  if (truncated) {
    throw new Error(`is longer than ${text.length} characters`);
  }
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.some(line => MARKER.test(line) && !PLAIN_MARKER.test(line))) {
    throw new Error(
      'has a text after "---", which the programs read differently',
    );
  }
  if (lines.some(line => OTHER_BREAK.test(line))) {
    throw new Error(
      'has a character that only some programs take for the end of a line',
    );
  }
  const documents: string[][] = [[]];
  for (const line of lines) {
    if (MARKER.test(line)) {
      documents.push([]);
    } else {
      documents[documents.length - 1].push(line);
    }
  }
  return documents
    .filter(document => document.some(line => !NOTHING.test(line)))
    .flatMap(document => nameIn(document));
}

function nameIn(document: string[]): string[] {
  const yaml = (shortForm(document) ?? document).join('\n');
  let found: JsonRecord[];
  try {
    assertSmallYaml(yaml);
    found = parseDocuments(yaml, 'document', {
      lastKeyWins: true,
    }).flatMap(({ value }) => itemsOf(value));
  } catch (error) {
    throw new Error(
      `cannot be read: ${isError(error) ? error.message : 'it is not YAML'}`,
    );
  }
  return found.map(object => {
    const { apiVersion, kind } = object;
    if (
      kind !== 'CustomResourceDefinition' ||
      !/^apiextensions\.k8s\.io\//.test(String(apiVersion))
    ) {
      throw new Error(
        `has the kind ${quoteUntrusted(kind ?? '')} of ${quoteUntrusted(
          apiVersion ?? '',
        )} in the folder crds, where only CustomResourceDefinition is allowed`,
      );
    }
    const name = textAt(object, 'metadata', 'name');
    if (!name) {
      throw new Error('has a CustomResourceDefinition without a name');
    }
    return name;
  });
}

/**
 * Returns a definition without its schemas, which may be too long to parse; undefined for a document in another form
 * than the usual one. A key of the object begins in the first column. So if only the usual fields begin there, each of
 * them once, the object can have no other kind than the one that the line shows.
 */
function shortForm(document: string[]): string[] | undefined {
  const left = document.filter(line => !NOTHING.test(line));
  const fields = left
    .filter(line => !line.startsWith(' '))
    .map(line => FIELD.exec(line)?.[1]);
  const isUsual =
    !left[0]?.startsWith(' ') &&
    !fields.includes(undefined) &&
    new Set(fields).size === fields.length &&
    left.some(line => KIND.test(line)) &&
    left.some(line => API_VERSION.test(line));
  if (!isUsual) {
    return undefined;
  }
  let isKept = false;
  return left.filter(line => {
    const field = FIELD.exec(line)?.[1];
    isKept = field ? field !== 'spec' && field !== 'status' : isKept;
    return isKept;
  });
}
