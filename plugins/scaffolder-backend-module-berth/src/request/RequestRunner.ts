import {
  AccessRequest,
  BerthApi,
  errorFromApi,
  RequestSpec,
} from '@berth/plugin-berth-common';
import { createBerthClient } from '@berth/plugin-berth-node';
import { ActionOptions } from '../step';
import { titleOf } from './titleOf';
import { keyOf } from './keyOf';
import { requestUrl } from './outcome';
import { RequestOutput, StepContext } from './types';
import { untilReady } from './untilReady';

/**
 * Makes a request as a step of a template.
 *
 * A step may run more than once: a task is retried, or another replica takes it over. The step sends the same
 * idempotency key each time, so Berth answers with the existing request, and the step continues from its
 * state. The step stores nothing else. Berth refuses a key that the template gives and another request has.
 */
export class RequestRunner {
  readonly #options: ActionOptions;

  static create(options: ActionOptions): RequestRunner {
    return new RequestRunner(options);
  }

  private constructor(options: ActionOptions) {
    this.#options = options;
  }

  async run(context: StepContext, spec: RequestSpec): Promise<void> {
    const { input, isDryRun, signal } = context;
    const { auth, discovery } = this.#options;
    const credentials = await context.getInitiatorCredentials();
    const berth = createBerthClient({
      auth,
      discovery,
      credentials,
      signal,
    });
    if (isDryRun) {
      await dryRun(context, berth, spec);
      return;
    }
    const submitted = await create(context, berth, spec);
    logState(context, submitted);
    if (input.wait ?? true) {
      const ready = await untilReady(submitted, {
        context,
        pace: this.#options.pace,
        berth,
      });
      logState(context, ready);
    }
  }
}

async function create(
  { input, logger, step, task }: StepContext,
  berth: BerthApi,
  spec: RequestSpec,
): Promise<AccessRequest> {
  const idempotencyKey = input.idempotencyKey ?? keyOf(task.id, step?.id, spec);
  let request;
  try {
    request = await berth.createRequest({ ...spec, idempotencyKey });
  } catch (error) {
    throw errorFromApi(error, `Berth refused the request for ${titleOf(spec)}`);
  }
  logger.info(
    `Requested ${titleOf(request.spec)} as ${
      request.requester
    }. Follow it at ${requestUrl(request.id)}`,
  );
  return request;
}

async function dryRun(
  context: StepContext,
  berth: BerthApi,
  spec: RequestSpec,
): Promise<void> {
  let verdict;
  try {
    verdict = await berth.previewRequest(spec);
  } catch (error) {
    throw errorFromApi(
      error,
      `Berth would refuse the request for ${titleOf(spec)}`,
    );
  }
  const { approvers, outcome, reasons } = verdict;
  const approved = outcome === 'AutoApprove';
  context.logger.info(
    approved
      ? `Dry run: ${titleOf(spec)} would be approved at once`
      : `Dry run: ${titleOf(spec)} would wait for a decision by ${
          approvers.join(', ') || 'platform admins'
        }`,
  );
  reasons.forEach(reason => context.logger.info(reason));
  output(context, {
    requestId: 'dry-run',
    requestUrl: '/berth/requests',
    state: approved ? 'AutoApproved' : 'Submitted',
    cluster: spec.cluster,
    namespace: spec.namespace,
  });
}

function logState(
  context: StepContext,
  { spec, id, state }: AccessRequest,
): void {
  output(context, {
    requestId: id,
    requestUrl: requestUrl(id),
    state,
    cluster: spec.cluster,
    namespace: spec.namespace,
  });
}

function output(context: StepContext, values: RequestOutput): void {
  for (const [name, value] of Object.entries(values)) {
    context.output(name as keyof RequestOutput, value);
  }
}
