import { stringifyError } from '@backstage/errors';
import { CheckStatus, ClusterCheck } from '@berth/plugin-berth-common';
import { isKubeError, KubeError, redact } from '../../kube';
import { describeFailure } from '../probe/describeFailure';
import { Check, CheckContext, Finding } from './types';

export interface RunChecksOptions {
  checks: Check[];
  context: Omit<CheckContext, 'facts' | 'signal'>;
  /** Milliseconds that one check may take. */
  checkDeadline: number;
  /** Milliseconds that all of them may take. */
  runDeadline: number;
  /** Ends the run. */
  signal?: AbortSignal;
}

/**
 * Runs checks one after the other, because most need the results of earlier checks. A check that needs a failed one is
 * skipped. The deadlines bound the run, even if a cluster does not answer.
 */
export async function runChecks(
  options: RunChecksOptions,
): Promise<ClusterCheck[]> {
  const context: CheckContext = {
    ...options.context,
    facts: {},
    signal: AbortSignal.any([
      AbortSignal.timeout(options.runDeadline),
      ...(options.signal ? [options.signal] : []),
    ]),
  };
  const done = new Map<string, ClusterCheck>();
  for (const check of options.checks) {
    options.signal?.throwIfAborted();
    done.set(check.id, await runCheck(check, done, context, options));
  }
  return [...done.values()];
}

async function runCheck(
  check: Check,
  done: Map<string, ClusterCheck>,
  context: CheckContext,
  { checkDeadline, runDeadline, signal }: RunChecksOptions,
): Promise<ClusterCheck> {
  const { id, title, needs = [] } = check;
  const missing = needs.find(need => !hasPassed(done.get(need)?.status));
  if (missing !== undefined) {
    const first = done.get(missing)?.title ?? missing;
    return { id, title, ...skipped(`“${first}” must pass first`) };
  }
  if (context.signal.aborted) {
    const seconds = runDeadline / 1000;
    return {
      id,
      title,
      ...skipped(`Earlier checks used the ${seconds} s of this run`),
    };
  }
  const startedAt = performance.now();
  const { facts, ...finding } = await runWithDeadline(
    check,
    context,
    checkDeadline,
  );
  signal?.throwIfAborted();
  Object.assign(context.facts, facts);
  return {
    id,
    title,
    ...finding,
    durationMs: Math.round(performance.now() - startedAt),
  };
}

/** Runs a check until the deadline, even if it ignores the signal. */
async function runWithDeadline(
  check: Check,
  context: CheckContext,
  deadline: number,
): Promise<Finding> {
  const signal = AbortSignal.any([
    context.signal,
    AbortSignal.timeout(deadline),
  ]);
  try {
    return await Promise.race([
      check.run({ ...context, signal }),
      rejectionOf(signal),
    ]);
  } catch (error) {
    if (signal.aborted) {
      return failure(new KubeError('Timeout', 'There was no answer in time'));
    }
    return isKubeError(error) ? failure(error) : portalFailure(error);
  }
}

/** Returns the finding for a failed call, for checks without a better text. */
export function failure(error: KubeError): Finding {
  const { cause, problem, hint } = describeFailure(error);
  return { status: 'Failed', cause, message: problem, hint };
}

function portalFailure(error: unknown): Finding {
  return {
    status: 'Failed',
    cause: 'Portal',
    message: `The portal itself failed: ${redact(stringifyError(error))}`,
    hint: 'The cluster did not cause this: see the log of the backend',
  };
}

export function skipped(message: string): Finding {
  return { status: 'Skipped', message };
}

function hasPassed(status: CheckStatus | undefined): boolean {
  return status === 'Passed' || status === 'Warning';
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
