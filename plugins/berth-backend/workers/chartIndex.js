/**
 * The parser of the index of a chart repository, which runs in a process of its own: a file of JavaScript, because it
 * must run from sources, from a build and under a test runner. It returns the charts in parts, so that the portal never
 * has much to read at once.
 */
const yaml = require('js-yaml');
const semver = require('semver');

const CHART_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,249}$/;
const VERSION = /^v?\d[0-9A-Za-z.+-]{0,126}$/;
const DIGEST = /^(?:sha256:)?([0-9a-f]{64})$/i;
const MAX_DEPTH = 32;
const MAX_URL = 2048;
const MAX_DESCRIPTION = 1000;
const MAX_KEYWORDS = 20;
const MAX_SOURCES = 10;
/** The versions in one part. */
const VERSIONS_IN_PART = 500;
/** The texts of a chart are as long as those of this many versions. */
const VERSIONS_OF_CHART = 8;

/** @param {string} text */
function parse(text) {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML in the style of JSON.
    }
  }
  // Without types: a version such as 1.10 stays as it is written.
  return yaml.load(text, {
    schema: yaml.FAILSAFE_SCHEMA,
    json: true,
    maxDepth: MAX_DEPTH,
  });
}

/**
 * @param {unknown} value
 * @param {number} most
 */
function textOf(value, most) {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    return undefined;
  }
  const clean = text
    .slice(0, 4 * most)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, most);
  return ['', 'null', '~'].includes(clean) ? undefined : clean;
}

/**
 * @param {unknown} value
 * @param {number} most
 * @param {number} length
 */
function textsOf(value, most, length) {
  return (Array.isArray(value) ? value.slice(0, most) : []).flatMap(
    one => textOf(one, length) ?? [],
  );
}

/** @param {unknown} value */
function webAddress(value) {
  const text = textOf(value, MAX_URL);
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text)
    ? text
    : undefined;
}

/** @param {unknown} value */
function timeOf(value) {
  const time = Date.parse(textOf(value, 64) ?? '');
  const written = Number.isNaN(time) ? '' : new Date(time).toISOString();
  // Years beyond 9999 do not sort as text.
  return written.length === 24 ? written : undefined;
}

/** @param {any} entry */
function versionOf(entry) {
  const version = textOf(entry?.version, 128);
  const url = textOf([entry?.urls].flat()[0], MAX_URL);
  const order = version === undefined ? null : semver.parse(version, true);
  if (!order || !VERSION.test(version) || url === undefined) {
    return undefined;
  }
  return {
    order,
    entry,
    row: {
      version,
      appVersion: textOf(entry.appVersion, 128),
      kubeVersion: textOf(entry.kubeVersion, 256),
      createdAt: timeOf(entry.created),
      digest: DIGEST.exec(textOf(entry.digest, 80) ?? '')?.[1].toLowerCase(),
      url,
      deprecated: String(entry.deprecated) === 'true',
      prerelease: order.prerelease.length > 0,
    },
  };
}

/**
 * @param {string} name
 * @param {unknown[]} entries
 */
function chartOf(name, entries) {
  const seen = new Set();
  const versions = entries
    .flatMap(entry => versionOf(entry) ?? [])
    .filter(({ row }) => !seen.has(row.version) && seen.add(row.version))
    .sort((one, other) => semver.compareBuild(other.order, one.order));
  const latest = versions.find(({ row }) => !row.prerelease) ?? versions[0];
  if (!latest) {
    return undefined;
  }
  const { entry } = latest;
  return {
    name,
    latest: latest.row,
    description: textOf(entry.description, MAX_DESCRIPTION),
    home: webAddress(entry.home),
    sources: textsOf(entry.sources, MAX_SOURCES, MAX_URL).filter(webAddress),
    keywords: textsOf(entry.keywords, MAX_KEYWORDS, 64),
    versions: versions.map(({ row }) => row),
  };
}

/**
 * @param {Buffer} bytes
 * @param {{ maxCharts: number, maxVersions: number, patterns?: string[] }} settings
 */
function* partsOf(bytes, { maxCharts, maxVersions, patterns }) {
  const index = parse(bytes.toString('utf8'));
  const entries = index?.entries;
  if (
    entries === undefined ||
    entries === null ||
    typeof entries !== 'object'
  ) {
    throw new Error('it has no map "entries"; an index.yaml has one');
  }
  const wanted = patterns?.map(pattern => new RegExp(pattern));
  const names = Object.keys(entries)
    .filter(name => CHART_NAME.test(name))
    .filter(name => !wanted || wanted.some(pattern => pattern.test(name)));
  if (names.length > maxCharts) {
    throw new Error(
      `it has ${names.length} charts, and the portal reads at most ${maxCharts}; list those that you need under "charts"`,
    );
  }
  let total = 0;
  for (const name of names) {
    total += Array.isArray(entries[name]) ? entries[name].length : 0;
  }
  if (total > maxVersions) {
    throw new Error(
      `it has ${total} versions of charts, and the portal reads at most ${maxVersions}; list the charts that you need under "charts"`,
    );
  }
  let charts = [];
  let size = 0;
  for (const name of names) {
    const chart = Array.isArray(entries[name])
      ? chartOf(name, entries[name])
      : undefined;
    if (!chart) {
      continue;
    }
    const [versions = [], ...more] = chunksOf(chart.versions);
    charts.push({ ...chart, versions });
    size += VERSIONS_OF_CHART + versions.length;
    if (size >= VERSIONS_IN_PART) {
      yield { charts };
      charts = [];
      size = 0;
    }
    for (const chunk of more) {
      yield { versions: chunk };
    }
  }
  yield { charts };
}

/** @param {object[]} versions */
function chunksOf(versions) {
  const chunks = [];
  for (let at = 0; at < versions.length; at += VERSIONS_IN_PART) {
    chunks.push(versions.slice(at, at + VERSIONS_IN_PART));
  }
  return chunks;
}

/**
 * @param {Buffer} bytes
 * @param {{ maxCharts: number, maxVersions: number, patterns?: string[] }} settings
 */
module.exports = function* readIndex(bytes, settings) {
  try {
    yield* partsOf(bytes, settings);
  } catch (error) {
    // A message of a parser quotes the text, which may hold a secret.
    const isOwn = error.constructor === Error;
    yield {
      problem: isOwn
        ? error.message
        : `it is neither YAML nor JSON that the portal can read`,
      ...(error.mark && { line: error.mark.line + 1 }),
    };
  }
};
