import { createHash } from 'node:crypto';
import limit from 'p-limit';
import { compareBuild, parse as parseVersion, SemVer } from 'semver';
import { ARCHIVE_LIMITS } from '../archive';
import { ChartError } from '../ChartError';
import { INDEX_LIMITS, parseIndex } from '../parseIndex';
import { MAX_PROVENANCE_BYTES } from '../provenance';
import { RepositoryClient, StatusError } from '../RepositoryClient';
import {
  ArchivePlace,
  ChartIndex,
  ChartSource,
  Conditions,
  RepositorySettings,
} from '../types';
import { NotAChartError, parseConfig } from './manifest';
import { OciChart } from './OciChart';

const ARCHIVE_MS = 60_000;
const REFRESH_MS = 5 * 60_000;
const CHARTS_AT_ONCE = 4;
/** The registry is asked for the details of the latest versions only, because each takes two calls. */
const DESCRIBED_VERSIONS = 10;
const MAX_CONFIG_BYTES = 256 * 1024;
/** What a registry answers for a name that it does not have. Some do not say that it does not exist. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);
const NAMED_REFUSALS = 5;
const DAY_CHARACTERS = '2026-11-30'.length;

interface Tag {
  tag: string;
  version: string;
  order: SemVer;
}

interface Tagged {
  name: string;
  chart: OciChart;
  /** The latest first. */
  tags: Tag[];
}

/** Charts of an OCI registry: the configuration names the charts, and the tags are their versions. */
export class OciSource implements ChartSource {
  readonly #client: RepositoryClient;

  constructor(client: RepositoryClient) {
    this.#client = client;
  }

  async read(
    repository: RepositorySettings,
    known: Conditions,
  ): Promise<ChartIndex> {
    const deadline = Date.now() + REFRESH_MS;
    const atOnce = limit(CHARTS_AT_ONCE);
    const { found: charts, problem } = await allButRefused(
      (repository.charts ?? []).map(name =>
        atOnce(() => this.#tagged(repository, name, deadline)),
      ),
    );
    const etag = etagOf(charts);
    if (etag === known.etag) {
      return { problem };
    }
    const total = charts.reduce((sum, { tags }) => sum + tags.length, 0);
    if (total > INDEX_LIMITS.maxVersions) {
      throw new ChartError(
        `The charts have ${total} versions, and the portal reads at most ${INDEX_LIMITS.maxVersions}`,
      );
    }
    const entries = await all(
      charts.map(chart =>
        atOnce(async () => [chart.name, await entriesOf(chart)] as const),
      ),
    );
    const index = JSON.stringify({ entries: Object.fromEntries(entries) });
    return { charts: parseIndex(Buffer.from(index)), etag, problem };
  }

  async digestOf(
    repository: RepositorySettings,
    chart: string,
    { url }: ArchivePlace,
  ): Promise<string> {
    const { archive } = await this.#open(repository, chart).manifest(url);
    return archive;
  }

  async archive(
    repository: RepositorySettings,
    chart: string,
    { url, digest }: ArchivePlace,
  ): Promise<Buffer> {
    const opened = this.#open(repository, chart);
    return opened.blob(
      digest ?? (await opened.manifest(url)).archive,
      ARCHIVE_LIMITS.maxPackedBytes,
    );
  }

  async provenance(
    repository: RepositorySettings,
    chart: string,
    { url }: ArchivePlace,
  ): Promise<Buffer> {
    const opened = this.#open(repository, chart);
    const { provenance } = await opened.manifest(url);
    if (provenance === undefined) {
      throw new ChartError('The artifact has no provenance file');
    }
    return opened.blob(provenance, MAX_PROVENANCE_BYTES);
  }

  #open(
    repository: RepositorySettings,
    chart: string,
    deadline = Date.now() + ARCHIVE_MS,
  ): OciChart {
    return new OciChart(this.#client, { repository, chart, deadline });
  }

  async #tagged(
    repository: RepositorySettings,
    name: string,
    deadline: number,
  ): Promise<Tagged> {
    const chart = this.#open(repository, name, deadline);
    const tags = await ofChart(name, () => chart.tags());
    return { name, chart, tags: versionsOf(tags) };
  }
}

/** Waits for all before it fails, so that no call goes on after a failure was stored. */
async function all<T>(parts: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(parts);
  return Promise.all(parts);
}

/**
 * Waits for all charts. One that the registry does not have, or does not let the portal read, is a problem of this chart
 * only, unless that is so for all of them. Any other failure may pass, so that the charts of the last time stay.
 */
async function allButRefused(charts: Promise<Tagged>[]) {
  const ends = await Promise.allSettled(charts);
  const found: Tagged[] = [];
  const refusals: ChartError[] = [];
  for (const end of ends) {
    if (end.status === 'fulfilled') {
      found.push(end.value);
    } else if (isRefusal(end.reason)) {
      refusals.push(end.reason);
    } else {
      throw end.reason;
    }
  }
  const [first] = refusals;
  if (found.length === 0 && first) {
    throw first;
  }
  const words = refusals.slice(0, NAMED_REFUSALS).map(one => one.message);
  const others = refusals.length - words.length;
  return {
    found,
    problem:
      first &&
      [
        ...words,
        ...(others > 0
          ? [`${others} other charts of the configuration are missing, too`]
          : []),
      ].join('. '),
  };
}

function isRefusal(error: unknown): error is ChartError {
  return error instanceof StatusError && REFUSALS.has(error.status);
}

/** Adds the name of the chart to a failure. */
async function ofChart<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ChartError)) {
      throw error;
    }
    const words = `The chart ${name}: ${error.message}`;
    throw error instanceof StatusError
      ? new StatusError(error.status, words)
      : new ChartError(words);
  }
}

/** Returns the tags that are versions, the latest first. Registries do not allow `+` in tags; Helm writes `_`. */
function versionsOf(tags: string[]): Tag[] {
  return [...new Set(tags)]
    .flatMap(tag => {
      const version = tag.replaceAll('_', '+');
      const order = parseVersion(version, { loose: true });
      return order ? { tag, version, order } : [];
    })
    .sort((one, other) => compareBuild(other.order, one.order));
}

/**
 * Stands for all tags. Registries do not say whether a tag has moved, so that the details are read once a day, too.
 */
function etagOf(charts: Tagged[]): string {
  const day = new Date().toISOString().slice(0, DAY_CHARACTERS);
  const tagged = charts.map(({ name, tags }) => [
    name,
    tags.map(one => one.tag),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([day, tagged]))
    .digest('hex');
}

/** Returns the versions of a chart as an index.yaml has them. */
async function entriesOf({ name, chart, tags }: Tagged): Promise<object[]> {
  const stable = tags.find(({ order }) => order.prerelease.length === 0);
  const described = new Set(tags.slice(0, DESCRIBED_VERSIONS));
  if (stable) {
    described.add(stable);
  }
  const entries: object[] = [];
  for (const one of tags) {
    const details = described.has(one)
      ? await ofChart(`${name} ${one.version}`, () => detailsOf(chart, one.tag))
      : {};
    if (details) {
      entries.push({ ...details, version: one.version, urls: [one.tag] });
    }
  }
  return entries;
}

/** Returns undefined for an artifact that is not a chart, such as an image under the same name. */
async function detailsOf(
  chart: OciChart,
  tag: string,
): Promise<object | undefined> {
  try {
    const { config, archive, created } = await chart.manifest(tag);
    const bytes = await chart.blob(config, MAX_CONFIG_BYTES);
    return { ...parseConfig(bytes), created, digest: archive };
  } catch (error) {
    if (error instanceof NotAChartError) {
      return undefined;
    }
    throw error;
  }
}
