import { ServiceUnavailableError } from '@backstage/errors';
import { AppliedDocument } from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import { failureOf } from '../failures';
import { ClusterKind } from '../kinds/discovery';
import { groupVersionOf, JsonRecord, textAt } from '../objects/json';
import { assertNotKept } from '../objects/keptByBerth';
import { ObjectCalls } from '../objects/ObjectCalls';
import { inTime } from '../objects/openCalls';
import { isSecret } from '../objects/secrets';
import {
  managerConflictsOf,
  withoutSecretValues,
} from '../objects/writeErrors';
import { yamlDiff } from '../objects/yamlDiff';
import { applicable, ApplyDocument, emptiedKeys } from './readDocuments';

/** JSON is YAML. API servers before 1.32 accept no other type for it. */
const APPLY_PATCH = 'application/apply-patch+yaml';

/** What is wrong with one document. The message is for people. */
class DocumentError extends Error {}

/** A document with the kind that the cluster has for it, and the object as the cluster has it now. */
interface Target {
  kind: ClusterKind;
  namespace?: string;
  name: string;
  object: JsonRecord;
  live?: JsonRecord;
}

export interface ApplyOptions {
  calls: ObjectCalls;
  documents: ApplyDocument[];
  /** For documents that name none. */
  namespace?: string;
  dryRun: boolean;
  /** Indexes of the documents that take over fields of others. */
  force: ReadonlySet<number>;
  /** Runs the real change of one document. */
  record(
    target: {
      kind: ClusterKind;
      namespace?: string;
      name: string;
      force: boolean;
    },
    change: () => Promise<JsonRecord>,
  ): Promise<JsonRecord>;
}

/**
 * Applies documents with server-side apply. First the cluster checks all of them. If one fails, nothing changes, and
 * the answer shows what each would do. Then they are applied in their order, until one fails.
 */
export async function applyDocuments(
  options: ApplyOptions,
): Promise<AppliedDocument[]> {
  const checked: { result: AppliedDocument; target?: Target }[] = [];
  for (const document of options.documents) {
    checked.push(await check(options, document));
  }
  const results = checked.map(({ result }) => result);
  if (options.dryRun || results.some(({ action }) => action === 'failed')) {
    return options.dryRun ? results : results.map(unapplied);
  }
  return applyAll(options, checked);
}

async function applyAll(
  options: ApplyOptions,
  checked: { result: AppliedDocument; target?: Target }[],
): Promise<AppliedDocument[]> {
  const { calls, force, record } = options;
  const applied: AppliedDocument[] = [];
  let failed = false;
  for (const { result, target } of checked) {
    if (failed || !target) {
      applied.push({ ...result, action: 'skipped' });
      continue;
    }
    const isForced = force.has(result.index);
    const { kind, namespace, name, live } = target;
    try {
      const now = await record({ kind, namespace, name, force: isForced }, () =>
        send(calls, target, { force: isForced }),
      );
      applied.push({ ...result, ...changeOf(live, now) });
    } catch (error) {
      failed = true;
      applied.push(failure(result, error, calls.cluster));
    }
  }
  return applied;
}

/** Asks the cluster what a document would change. */
async function check(
  { calls, namespace, force }: ApplyOptions,
  document: ApplyDocument,
): Promise<{ result: AppliedDocument; target?: Target }> {
  const { index, line, kind: kindName, name, problem } = document;
  let result: AppliedDocument = {
    index,
    line,
    ...(kindName !== undefined && { kind: kindName }),
    ...(name !== undefined && { name }),
    action: 'none',
  };
  if (problem !== undefined) {
    return { result: { ...result, action: 'failed', problem } };
  }
  try {
    const kind = await findKind(calls, document.object);
    const target = targetOf(kind, document, namespace);
    result = {
      ...result,
      group: kind.group === '' ? 'core' : kind.group,
      plural: kind.plural,
      ...(target.namespace !== undefined && { namespace: target.namespace }),
    };
    const live = await liveOf(calls, target);
    assertAllowed(target.object, live);
    const warnings: string[] = [];
    const wouldBe = await send(
      calls,
      { ...target, live },
      {
        force: force.has(index),
        dryRun: true,
        onWarning: text => warnings.push(text),
      },
    );
    return {
      result: {
        ...result,
        ...changeOf(live, wouldBe),
        ...(warnings.length > 0 && !isSecret(target.object) && { warnings }),
      },
      target: { ...target, live },
    };
  } catch (error) {
    return { result: failure(result, error, calls.cluster) };
  }
}

async function findKind(
  calls: ObjectCalls,
  object: JsonRecord,
): Promise<ClusterKind> {
  const apiVersion = textAt(object, 'apiVersion');
  const kindName = textAt(object, 'kind') ?? '';
  const { group, version } = groupVersionOf(apiVersion);
  const found = await calls.kindNamed(group, kindName);
  if (!found) {
    throw new DocumentError(
      `${calls.cluster} has no kind ${kindName} in ${apiVersion}`,
    );
  }
  return { ...found, version };
}

function targetOf(
  kind: ClusterKind,
  { object }: ApplyDocument,
  fallback: string | undefined,
): Target {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const own = textAt(object, 'metadata', 'namespace');
  if (!kind.namespaced) {
    return { kind, name, object: applicable(object, undefined) };
  }
  const namespace = own ?? fallback;
  if (namespace === undefined) {
    throw new DocumentError(
      `metadata.namespace is missing: a ${kind.kind} belongs to a namespace`,
    );
  }
  return { kind, name, namespace, object: applicable(object, namespace) };
}

async function liveOf(
  calls: ObjectCalls,
  { kind, name, namespace }: Target,
): Promise<JsonRecord | undefined> {
  try {
    return await calls.get(kind, { name, namespace });
  } catch (error) {
    if (isKubeError(error, 'NotFound') && error.reason === 'NotFound') {
      return undefined;
    }
    throw error;
  }
}

/** @throws NotAllowedError or DocumentError */
function assertAllowed(object: JsonRecord, live: JsonRecord | undefined): void {
  assertNotKept(object);
  if (live) {
    assertNotKept(live);
  }
  const emptied = emptiedKeys(object, live);
  if (emptied.length > 0) {
    throw new DocumentError(
      `${emptied.join(
        ', ',
      )} must not be empty, because the Secret has a value: leave the key out, or write the value`,
    );
  }
}

async function send(
  calls: ObjectCalls,
  { kind, name, namespace, object }: Target,
  options: {
    force: boolean;
    dryRun?: boolean;
    onWarning?: (text: string) => void;
  },
): Promise<JsonRecord> {
  try {
    return await calls.patch(
      kind,
      { name, namespace },
      { contentType: APPLY_PATCH, content: object },
      options,
    );
  } catch (error) {
    throw isSecret(object) ? withoutSecretValues(error) : error;
  }
}

function changeOf(
  live: JsonRecord | undefined,
  now: JsonRecord,
): Required<Pick<AppliedDocument, 'action' | 'diff'>> {
  const diff = yamlDiff(live, now);
  if (!live) {
    return { action: 'create', diff };
  }
  return { action: diff === '' ? 'none' : 'change', diff };
}

function failure(
  result: AppliedDocument,
  error: unknown,
  cluster: string,
): AppliedDocument {
  const { diff: _, ...rest } = result;
  const problem = problemOf(error, cluster);
  const conflicts = isKubeError(error, 'Conflict')
    ? managerConflictsOf(error)
    : [];
  return {
    ...rest,
    action: 'failed',
    problem,
    ...(conflicts.length > 0 && { conflicts }),
  };
}

function problemOf(error: unknown, cluster: string): string {
  return error instanceof DocumentError ||
    error instanceof ServiceUnavailableError
    ? error.message
    : failureOf(inTime(error, cluster), cluster).message;
}

/** A document that would be applied, if another one had not failed. */
function unapplied(result: AppliedDocument): AppliedDocument {
  return result.action === 'failed' ? result : { ...result, action: 'skipped' };
}
