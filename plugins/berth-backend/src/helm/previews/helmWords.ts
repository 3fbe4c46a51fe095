import { refusalFor } from '../preflight/rightWords';
import {
  QuotingSentence,
  Sentence,
  withoutRepeated,
} from '../preflight/sentences';
import { CopyMask, escapeAroundMask } from '../releases/mask';
import { HelmCommand, HelmResult } from '../runner/types';

const MAX_REFUSALS = 10;
const MAX_TEXT = 1_000;
const MAX_SCHEMA_LINES = 20;
const KUBE_VERSION =
  /chart requires kubeVersion: (.{1,100}?) which is incompatible with Kubernetes (v[\w.+-]{1,100})/;
const SCHEMA = /values don't meet the specifications of the schema/;
const SCHEMA_LINE = /^- at '([^']{0,200})': (.*)$/gm;

/** A command for which helm renders a chart. */
type RenderKind = Extract<HelmCommand['kind'], 'install' | 'upgrade'>;

const CANNOT: Record<RenderKind, string> = {
  install: 'helm cannot install the chart',
  upgrade: 'helm cannot upgrade the release',
};

/**
 * Describes why helm did not render a chart.
 *
 * @param copies - hides secrets in the words of helm
 * @returns nothing if helm rendered the chart
 */
export function whyNotRendered(
  result: HelmResult,
  kind: RenderKind,
  cluster: string,
  copies: CopyMask,
): Sentence[] {
  const forbidden = withoutRepeated(
    result.refused
      .filter(({ status }) => status === 403)
      .map(({ name, ...right }) =>
        refusalFor(
          { ...right, names: name === undefined ? [] : [name] },
          cluster,
        ),
      ),
  );
  const failed = result.ended !== 'exited' || result.exitCode !== 0;
  if (failed && forbidden.length > 0) {
    return forbidden.slice(0, MAX_REFUSALS);
  }
  const why = whyFailed(result, kind, cluster, copies);
  return why === undefined ? [] : [why];
}

function whyFailed(
  { ended, exitCode, stderr, truncated }: HelmResult,
  kind: RenderKind,
  cluster: string,
  copies: CopyMask,
): Sentence | undefined {
  switch (ended) {
    case 'cancelled':
      return 'The preview was cancelled, because the portal ends';
    case 'deadline':
      return 'helm did not render the chart in time';
    case 'lost-right':
      return `You may no longer enter ${cluster}`;
    case 'killed':
      return 'The chart needs more memory or processor time than Berth gives to helm';
    default:
  }
  if (exitCode === 0) {
    return truncated
      ? 'helm printed more than Berth reads: the release is too large'
      : undefined;
  }
  return wordsOf(stderr, kind, cluster, copies);
}

/** A template can make helm print any text, also one that looks like another error. */
function wordsOf(
  stderr: string,
  kind: RenderKind,
  cluster: string,
  copies: CopyMask,
): QuotingSentence {
  const [, wanted, version] = KUBE_VERSION.exec(stderr) ?? [];
  if (wanted !== undefined) {
    return {
      text: `The chart needs Kubernetes ${wanted}, but ${cluster} has ${version}`,
      forLogs: `The chart needs another version of Kubernetes than ${cluster} has`,
    };
  }
  if (SCHEMA.test(stderr)) {
    const words = 'The values do not fit the schema of the chart';
    return {
      text: `${words}: ${schemaProblems(stderr)}`,
      forLogs: `${words}. The preview in the portal shows where`,
    };
  }
  return {
    text: `${CANNOT[kind]}: ${errorOf(stderr, copies)}`,
    forLogs: `${CANNOT[kind]}. The preview in the portal has the words of helm`,
  };
}

/** helm repeats the values that do not fit, so only their places and the rules are shown. */
function schemaProblems(stderr: string): string {
  const lines = [...stderr.matchAll(SCHEMA_LINE)]
    .slice(0, MAX_SCHEMA_LINES)
    .map(([, path, rule]) => {
      const name = path.split('/').slice(1).join('.') || 'the values';
      return `${name}: ${withoutValues(rule).slice(0, 200)}`;
    });
  return escapeWords(lines.join('; ') || 'helm does not say which');
}

/** A quote within a text in quotes has a backslash before it, and what is wrong with a format may repeat the value. */
function withoutValues(rule: string): string {
  return rule
    .replaceAll(/'(?:[^'\\]|\\.)*'/g, '(not shown)')
    .replace(/( is not valid [\w-]+): .*$/, '$1')
    .replace(
      /^(minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf): got .*, want /,
      '$1: got (not shown), want ',
    );
}

function errorOf(stderr: string, copies: CopyMask): string {
  const at = stderr.lastIndexOf('Error: ');
  const text = at < 0 ? stderr : stderr.slice(at + 'Error: '.length);
  return escapeWords(
    copies
      .text(text.replace(/^(UPGRADE|INSTALLATION) FAILED: /, '').trim())
      .slice(0, MAX_TEXT),
  );
}

/** A text of helm on one line. */
function escapeWords(text: string): string {
  return escapeAroundMask(text.replaceAll(/\s+/g, ' '));
}
