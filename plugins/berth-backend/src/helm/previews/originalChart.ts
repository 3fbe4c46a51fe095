import { InputError } from '@backstage/errors';
import { HelmChartReference } from '@berth/plugin-berth-common';
import { atField } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { JsonRecord } from '../../resources/objects/json';
import { digestLabel, originOf } from '../releases/origin';
import { PreviewDraft, PreviewSubject, RequestOf } from './PreviewDraft';

/** Of a digest, in sentences. */
const DIGITS = 12;

type Compared = Required<Pick<PreviewDraft, 'sameChart'>> &
  Pick<PreviewDraft, 'refusals' | 'warnings'>;

/** Compares the chart of a copy with the chart of its original. */
export function compareWithOriginal(
  {
    caller: { original },
    request: { copyOf },
  }: PreviewSubject<RequestOf<'install' | 'upgrade'>>,
  reference: HelmChartReference | undefined,
  digest: string,
): Compared | undefined {
  if (!copyOf || !original) {
    return undefined;
  }
  if (!reference) {
    const message =
      'chart is missing: a copy of another release takes the chart from a repository';
    throw atField(new InputError(message), 'chart');
  }
  const { stored, release } = original;
  const { chart } = release.summary;
  const there = `${copyOf.release} on ${copyOf.cluster}`;
  const { name, repository, version } = reference;
  if (chart?.name !== name || chart.version !== version) {
    const has = chart ? `${chart.name} ${chart.version}` : 'no known chart';
    return {
      sameChart: 'Different',
      refusals: [
        `${there} has ${quoteUntrusted(
          has,
        )}, and not ${name} ${version}. Choose the chart of the original, or install the other one from its own page`,
      ],
      warnings: [],
    };
  }
  const recorded = originOf(stored.labels, chart)?.digest;
  if (recorded === undefined) {
    return {
      sameChart: 'Unknown',
      refusals: [],
      warnings: [
        `The portal did not record from which archive ${there} came, so the chart ${name} ${version} of ${repository} may be another one`,
      ],
    };
  }
  return recorded === digestLabel(digest)
    ? { sameChart: 'Same', refusals: [], warnings: [] }
    : {
        sameChart: 'Different',
        refusals: [
          `${repository} has another archive of ${name} ${version} now than the one of ${there}: its digest is ${short(
            digest,
          )}, and not ${short(
            recorded,
          )}. To use it anyway, install the chart from its own page`,
        ],
        warnings: [],
      };
}

/** Returns the values in which hidden ones are looked up. */
export function valuesBehindMasks(
  {
    caller: { original },
    request: { copyOf },
  }: PreviewSubject<RequestOf<'install' | 'upgrade'>>,
  ofRelease: JsonRecord,
): JsonRecord {
  return copyOf?.hiddenValues && original ? original.release.config : ofRelease;
}

function short(digest: string): string {
  return `sha256:${digest.slice(0, DIGITS)}`;
}
