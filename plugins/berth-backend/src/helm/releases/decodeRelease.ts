import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { scanJson } from '@berth/plugin-berth-node';
import {
  JsonRecord,
  recordAt,
  recordsAt,
  textAt,
  valueAt,
} from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { CopyMask } from './mask';
import { maskValues } from './maskValues';
import { ReleaseError } from './ReleaseError';
import { statusOf, storedRevision } from './storedRevision';
import {
  ChartSummary,
  DecodedRelease,
  ReleaseHook,
  ReleaseSource,
  StoredRevision,
} from './types';
import { problemOfValues } from './values';

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_TEXT = 2_000;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const EVENTS = new Set<string>([
  ...['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade'],
  ...['pre-rollback', 'post-rollback', 'pre-delete', 'post-delete'],
  ...['test', 'test-success', 'crd-install'],
]);
const FLUX_LABEL = 'helm.toolkit.fluxcd.io/name';

const unzip = promisify(gunzip);
const zip = promisify(gzip);

/**
 * Decodes the content of a stored revision. The content is what anyone who may create Secrets in the namespace
 * wrote: it is bounded, and its name must be that of the Secret and of its labels.
 *
 * @param object - the Secret or ConfigMap
 * @throws ReleaseError naming the object and the rule
 * @see https://github.com/helm/helm/blob/main/pkg/storage/driver/util.go
 */
export async function decodeRelease(
  object: JsonRecord,
  source: ReleaseSource,
): Promise<DecodedRelease> {
  const { stored, release, refuse } = await readStored(object, source);
  const problem =
    problemOfValues(recordAt(release, 'config')) ??
    problemOfValues(recordAt(release, 'chart', 'values'));
  if (problem !== undefined) {
    throw refuse(problem);
  }
  return contentOf(release, stored.labels);
}

/**
 * Reads a release in the form in which Helm stores and prints it.
 *
 * @param labels - of what stores the release
 */
export function contentOf(
  release: JsonRecord,
  labels: Record<string, string>,
): DecodedRelease {
  const flux =
    FLUX_LABEL in labels ||
    (textAt(release, 'manifest')?.includes(`${FLUX_LABEL}:`) ?? false);
  const packed = recordAt(release, 'chart');
  const chart = recordAt(packed, 'metadata');
  const applyMethod = release.apply_method;
  const config = recordAt(release, 'config');
  const description = textAt(release, 'info', 'description');
  return {
    firstDeployedAt: timeOf(release, 'info', 'first_deployed'),
    summary: {
      chart: chartSummary(chart),
      ...(description !== undefined && {
        // An error of Helm may repeat a value.
        description: shortened(
          new CopyMask(maskValues(config).secrets).text(description),
        ),
      }),
      updatedAt: timeOf(release, 'info', 'last_deployed'),
      flux,
    },
    notes: textAt(release, 'info', 'notes'),
    chart,
    packed,
    defaults: recordAt(packed, 'values'),
    config,
    manifest: textAt(release, 'manifest') ?? '',
    hooks: recordsAt(release, 'hooks').map(hookOf),
    ...((applyMethod === 'ssa' || applyMethod === 'csa') && { applyMethod }),
  };
}

/**
 * Reads the content of a stored revision as Helm wrote it.
 *
 * @throws ReleaseError naming the object and the rule
 */
export async function readStored(
  object: JsonRecord,
  source: ReleaseSource,
): Promise<{
  stored: StoredRevision;
  release: JsonRecord;
  refuse: (rule: string) => ReleaseError;
}> {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const refuse = (rule: string) => new ReleaseError(source, name, rule);
  const stored = storedRevision(object, source);
  if (!stored) {
    throw refuse('its name and its labels do not agree');
  }
  if (source === 'secret' && object.type !== 'helm.sh/release.v1') {
    throw refuse('its type is not helm.sh/release.v1');
  }
  const release = await readReleaseJson(object, source, name);
  assertAgrees(stored, release, refuse);
  return { stored, release, refuse };
}

/** Encodes the content of a revision as Helm does. */
export async function encodeRelease(
  release: JsonRecord,
  source: ReleaseSource,
): Promise<string> {
  // Helm compresses the content so; less could make it too large for a Secret.
  const packed = await zip(JSON.stringify(release), { level: 9 });
  const encoded = packed.toString('base64');
  return source === 'secret'
    ? Buffer.from(encoded).toString('base64')
    : encoded;
}

/**
 * Reads the content of a Secret or ConfigMap, whatever its labels are.
 *
 * @throws ReleaseError naming the object and the rule
 */
export async function readReleaseJson(
  object: JsonRecord,
  source: ReleaseSource,
  name: string,
): Promise<JsonRecord> {
  const refuse = (rule: string) => new ReleaseError(source, name, rule);
  const given = valueAt(object, 'data', 'release');
  if (typeof given !== 'string') {
    throw refuse('it has no key "release"');
  }
  // Helm encodes the release, and the API server encodes the values of Secrets once more.
  const text =
    source === 'secret' ? decode(given, refuse).toString('latin1') : given;
  const bytes = decode(text, refuse);
  const json = isGzip(bytes)
    ? await unzip(bytes, { maxOutputLength: MAX_BYTES }).catch(error => {
        throw refuse(
          error.code === 'ERR_BUFFER_TOO_LARGE'
            ? `it holds more than ${MAX_BYTES / 1024 / 1024} MiB`
            : 'its content is not compressed with gzip',
        );
      })
    : bytes;
  try {
    scanJson(json, '');
  } catch {
    throw refuse('its content is nested too deeply, or has too many values');
  }
  let release: unknown;
  try {
    release = JSON.parse(json.toString('utf8'));
  } catch {
    throw refuse('its content is not JSON');
  }
  if (!isRecord(release)) {
    throw refuse('its content is not a release');
  }
  return release;
}

/** @throws ReleaseError */
function assertAgrees(
  { name, namespace, revision, status }: StoredRevision,
  release: JsonRecord,
  refuse: (rule: string) => ReleaseError,
): void {
  if (
    release.name !== name ||
    release.namespace !== namespace ||
    release.version !== revision
  ) {
    throw refuse(
      'its content belongs to a release with another name, namespace or revision',
    );
  }
  if (statusOf(textAt(release, 'info', 'status')) !== status) {
    throw refuse('its content has another status than its label');
  }
}

function decode(text: string, refuse: (rule: string) => ReleaseError): Buffer {
  if (!BASE64.test(text)) {
    throw refuse('its content is not base64');
  }
  return Buffer.from(text, 'base64');
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
}

function chartSummary(chart: JsonRecord): ChartSummary | undefined {
  const name = shortText(chart, 'name');
  const appVersion = shortText(chart, 'appVersion');
  return name === undefined
    ? undefined
    : {
        name,
        version: shortText(chart, 'version') ?? '',
        ...(appVersion !== undefined && { appVersion }),
        ...(chart.deprecated === true && { deprecated: true }),
      };
}

function hookOf(hook: JsonRecord): ReleaseHook {
  const phase = shortText(hook, 'last_run', 'phase');
  const events: string[] = Array.isArray(hook.events) ? hook.events : [];
  return {
    name: shortText(hook, 'name') ?? '',
    kind: shortText(hook, 'kind') ?? '',
    manifest: textAt(hook, 'manifest') ?? '',
    // Helm runs a hook for each known event, wherever it is in the list.
    events: [...new Set(events)].filter(event => EVENTS.has(event)),
    weight: Number.isInteger(hook.weight) ? Number(hook.weight) : 0,
    ...(phase !== undefined && {
      lastRun: {
        phase,
        startedAt: timeOf(hook, 'last_run', 'started_at'),
        completedAt: timeOf(hook, 'last_run', 'completed_at'),
      },
    }),
  };
}

/** Returns a text of a chart, cut to what a page shows. */
export function shortText(
  value: unknown,
  ...path: string[]
): string | undefined {
  const text = textAt(value, ...path);
  return text === undefined ? text : shortened(text);
}

function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}

/** Go writes the year 1 for a time that is not set. */
function timeOf(value: unknown, ...path: string[]): string | undefined {
  const time = Date.parse(textAt(value, ...path) ?? '');
  return time > 0 ? new Date(time).toISOString() : undefined;
}
