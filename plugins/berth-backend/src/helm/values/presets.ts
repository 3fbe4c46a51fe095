import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ChartPreset } from '@berth/plugin-berth-common';
import { satisfies, validRange } from 'semver';
import * as z from 'zod';
import { ClusterRecord } from '../../model/clusters';
import { JsonRecord } from '../../resources/objects/json';
import { checkBody } from '../../validation/parseBody';
import { maskValues } from '../releases/maskValues';
import { problemOfValues } from '../releases/values';
import { pathOf } from './paths';

const SETTING = 'berth.helm.valuePresets';
const MOST_PRESETS = 100;
const MOST_TEXT = 64 * 1024;

const names = z.array(z.string().min(1).max(320)).min(1).max(100);

const presetSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
      'must have lowercase letters, digits and "-"',
    ),
  title: z.string().min(1).max(100).optional(),
  description: z.string().min(1).max(500).optional(),
  charts: z
    .array(
      z
        .string()
        .max(320)
        .regex(
          /^[^/\s]+\/[^/\s]+$/,
          'must be repository/chart, with "*" for any characters',
        ),
    )
    .min(1, 'must name at least one chart')
    .max(100),
  versions: z
    .string()
    .refine(range => validRange(range) !== null, {
      message: 'must be a range of versions, such as ">=1.2.0 <2"',
    })
    .optional(),
  clusters: names.optional(),
  clusterLabels: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.unknown()),
});

/** Values that platform teams offer for charts. */
export type ValuePreset = z.output<typeof presetSchema>;

/** @throws InputError naming the setting and the rule, and never a value of a preset */
export function readValuePresets(config: Config): ValuePreset[] {
  const entries = config.getOptional(SETTING) ?? [];
  if (!Array.isArray(entries) || entries.length > MOST_PRESETS) {
    throw new InputError(
      `${SETTING} must be a list of at most ${MOST_PRESETS} presets`,
    );
  }
  const known = new Set<string>();
  return entries.map((entry, index) => {
    const fail = (rule: string) =>
      new InputError(`${SETTING}[${index}]: ${rule}`);
    const checked = checkBody(presetSchema, entry);
    if ('problems' in checked) {
      throw fail(checked.problems.map(({ message }) => message).join('; '));
    }
    const preset = checked.data;
    if (known.has(preset.name)) {
      throw fail(`another preset has the name "${preset.name}"`);
    }
    known.add(preset.name);
    const problem = problemOfPreset(preset.values);
    if (problem !== undefined) {
      throw fail(problem);
    }
    return preset;
  });
}

function problemOfPreset(values: JsonRecord): string | undefined {
  const problem = problemOfValues(values);
  if (problem !== undefined) {
    return problem;
  }
  if (Object.keys(values).length === 0) {
    return 'values must have a value';
  }
  if (JSON.stringify(values).length > MOST_TEXT) {
    return `values must have at most ${MOST_TEXT} characters as JSON`;
  }
  const [secret] = maskValues(values).masked;
  return secret
    ? `values.${pathOf(
        secret,
      )} has the name or the form of a secret, but everyone who may read charts sees presets: name a Secret of the cluster instead`
    : undefined;
}

/**
 * Returns the presets for a version of a chart.
 *
 * @param cluster - without it, presets for some clusters are left out
 */
export function presetsFor(
  presets: readonly ValuePreset[],
  chart: { repository: string; chart: string; version: string },
  cluster?: Pick<ClusterRecord, 'name' | 'labels'>,
): ChartPreset[] {
  const name = `${chart.repository}/${chart.chart}`;
  return presets
    .filter(
      ({ charts, versions }) =>
        charts.some(pattern => matches(pattern, name)) &&
        (versions === undefined ||
          satisfies(chart.version, versions, { includePrerelease: true })),
    )
    .filter(preset => fitsCluster(preset, cluster))
    .map(({ name: id, title, description, values }) => ({
      name: id,
      title: title ?? id,
      ...(description !== undefined && { description }),
      values,
    }));
}

function fitsCluster(
  { clusters, clusterLabels }: ValuePreset,
  cluster: Pick<ClusterRecord, 'name' | 'labels'> | undefined,
): boolean {
  if (!cluster) {
    return !clusters && !clusterLabels;
  }
  const { name, labels = {} } = cluster;
  return (
    (clusters === undefined || clusters.includes(name)) &&
    Object.entries(clusterLabels ?? {}).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    )
  );
}

/** Compares without a regular expression, which could take for ever. A `*` stands for any characters but "/". */
function matches(pattern: string, name: string): boolean {
  const [patterns, parts] = [pattern.split('/'), name.split('/')];
  return patterns.every((one, index) => matchesPart(one, parts[index]));
}

function matchesPart(pattern: string, text: string): boolean {
  const [first, ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) {
    return first === text;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  let from = first.length;
  for (const middle of others) {
    const found = text.indexOf(middle, from);
    if (found < 0) {
      return false;
    }
    from = found + middle.length;
  }
  return text.length >= from + last.length && text.endsWith(last);
}
