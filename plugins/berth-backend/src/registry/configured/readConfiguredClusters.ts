import { Config } from '@backstage/config';
import { cleanClusterName } from '@berth/plugin-berth-common';
import { isError } from '@backstage/errors';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterRules } from '../validation/clusterFields';
import {
  createClusterSchema,
  ParsedCluster,
  toParsedCluster,
} from '../validation/clusterRequests';
import { checkBody } from '../../validation/parseBody';

export const CLUSTERS_SETTING = 'berth.clusters';

/** The content of `berth.clusters`. */
export interface ConfiguredClusters {
  /** The valid entries. */
  clusters: ParsedCluster[];
  /**
   * All names that can be read, also from invalid entries; undefined if the list itself cannot be read.
   */
  names?: ReadonlySet<string>;
  /** Each names the entry and the rule. */
  problems: string[];
}

/**
 * Reads the clusters that the configuration owns. An invalid entry does not affect the others.
 */
export function readConfiguredClusters(
  config: Config,
  rules: ClusterRules,
): ConfiguredClusters {
  const entries = readEntries(config);
  if (!Array.isArray(entries)) {
    return { clusters: [], problems: [entries] };
  }
  const schema = createClusterSchema(rules);
  const clusters: ParsedCluster[] = [];
  const names = new Set<string>();
  const problems: string[] = [];
  let unnamed = false;
  entries.forEach((entry, index) => {
    const where = `${CLUSTERS_SETTING}[${index}]`;
    const name = nameOf(entry);
    if (name === undefined) {
      unnamed = true;
    } else if (names.has(name)) {
      problems.push(
        `${where} has the name "${name}" of an earlier entry; names must be unique`,
      );
      return;
    } else {
      names.add(name);
    }
    const found = problemsOf(entry, name);
    if (found.length > 0) {
      problems.push(
        `${where}${name ? ` ("${name}")` : ''}: ${found.join('; ')}`,
      );
    }
  });
  return { clusters, ...(!unnamed && { names }), problems };

  function problemsOf(entry: unknown, name: string | undefined): string[] {
    const checked = checkBody(schema, entry);
    if ('problems' in checked) {
      return checked.problems.map(({ message }) => message);
    }
    const cluster = toParsedCluster(checked.data);
    if (cluster.settings.name !== nameAsTyped(entry)) {
      return [
        `name ${quoteUntrusted(
          nameAsTyped(entry),
        )} must be lowercase letters and digits, such as "${name}"`,
      ];
    }
    try {
      rules.strategies
        .get(cluster.settings.connection)
        .validate(cluster.credential);
    } catch (error) {
      return [isError(error) ? error.message : String(error)];
    }
    clusters.push(cluster);
    return [];
  }
}

/** @returns a problem if the value is not a list */
function readEntries(config: Config): unknown[] | string {
  try {
    const entries = config.getOptional(CLUSTERS_SETTING) ?? [];
    return Array.isArray(entries)
      ? entries
      : `${CLUSTERS_SETTING} must be a list of clusters`;
  } catch (error) {
    return `${CLUSTERS_SETTING} cannot be read: ${
      isError(error) ? error.message : String(error)
    }`;
  }
}

function nameOf(entry: unknown): string | undefined {
  const typed = nameAsTyped(entry);
  return (typeof typed === 'string' && cleanClusterName(typed)) || undefined;
}

function nameAsTyped(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null
    ? Reflect.get(entry, 'name')
    : undefined;
}
