import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  apiErrorMessage,
  BerthApi,
  errorFromApi,
  HelmOperation,
  isHelmOperationLive,
  sentencesForLogs,
} from '@berth/plugin-berth-common';
import { createBerthClient } from '@berth/plugin-berth-node';
import { ActionOptions } from '../step';
import { follow } from './follow';
import { operationIdOf } from './operationId';
import { orMissing } from './orMissing';
import { Plan, planOf } from './plan';
import { HelmInstallOutput, HelmStepContext } from './types';
import {
  chartTitle,
  describeChanges,
  operationUrl,
  releaseUrl,
  titleOf,
} from './words';

/** Longer than helm may take to render a chart. */
const DEADLINE_MS = 130_000;
const MAX_ATTEMPTS = 20;

/**
 * Installs a chart as a step of a template.
 *
 * A step may run more than once: a task is retried, or another replica takes it over. The step computes the id of its
 * operation from the task, so it finds the operation that it has started, and installs nothing twice. Only after an
 * operation has failed, the step starts another one. The step stores nothing else.
 */
export class HelmInstaller {
  readonly #options: ActionOptions;

  static create(options: ActionOptions): HelmInstaller {
    return new HelmInstaller(options);
  }

  private constructor(options: ActionOptions) {
    this.#options = options;
  }

  async run(context: HelmStepContext): Promise<void> {
    const { auth, pace } = this.#options;
    const { input, logger, signal } = context;
    const credentials = await context.getInitiatorCredentials();
    if (!auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Only a task of a person may install a chart: helm has the rights of that person',
      );
    }
    const berth = this.#client(credentials, signal);
    if (context.isDryRun) {
      await dryRun(context, berth);
      return;
    }
    const { id, former } = await attemptOf(context, berth);
    try {
      // A request that starts an operation is not aborted with the task: nobody would know whether it arrived.
      const starter = this.#client(credentials);
      const operation =
        former ?? (await start(context, { berth, starter, id }));
      if (!operation) {
        return;
      }
      signal?.throwIfAborted();
      logger.info(
        `${former ? 'Found' : 'Started'} the ${operation.kind} of ${titleOf(
          input,
        )}. Follow it at ${operationUrl(input, id)}`,
      );
      outputOperation(context, operation);
      if (input.wait ?? true) {
        outputOperation(
          context,
          await follow(operation, { berth, context, pace }),
        );
      }
    } catch (error) {
      if (signal?.aborted) {
        await cancel(context, this.#client(credentials), id);
      }
      throw error;
    }
  }

  #client(credentials: BackstageCredentials, signal?: AbortSignal): BerthApi {
    const { auth, discovery } = this.#options;
    return createBerthClient({
      ...{ auth, discovery, credentials, signal },
      deadline: DEADLINE_MS,
    });
  }
}

/** Returns the id for the operation, and the operation if an earlier run of the step has started it. */
async function attemptOf(
  { input, step, task }: HelmStepContext,
  berth: BerthApi,
): Promise<{ id: string; former?: HelmOperation }> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const id = operationIdOf({
      ...{ taskId: task.id, stepId: step?.id, place: input, attempt },
    });
    const former = await orMissing(berth.getHelmOperation(id)).catch(error => {
      throw errorFromApi(error, `Berth refused to read ${titleOf(input)}`);
    });
    if (
      !former ||
      former.state === 'Succeeded' ||
      isHelmOperationLive(former.state)
    ) {
      return { id, former };
    }
  }
  throw new ConflictError(
    `The task tried ${MAX_ATTEMPTS} times to install ${titleOf(
      input,
    )}. Start a new task`,
  );
}

/** @returns undefined if the release exists as the step wants it */
async function start(
  context: HelmStepContext,
  { berth, starter, id }: { berth: BerthApi; starter: BerthApi; id: string },
): Promise<HelmOperation | undefined> {
  const { input, signal } = context;
  const plan = await previewed(context, berth);
  signal?.throwIfAborted();
  if (plan.type === 'nothing') {
    outputs(context, {
      ...placeOutput(context),
      state: 'Succeeded',
      revision: plan.revision,
    });
    return undefined;
  }
  const { request, preview } = plan;
  try {
    return await starter.startHelmOperation(id, {
      ...request,
      previewDigest: preview.digest,
    });
  } catch (error) {
    throw errorFromApi(
      error,
      `Berth refused to ${request.kind} ${titleOf(input)}`,
    );
  }
}

async function previewed(
  { input, logger }: HelmStepContext,
  berth: BerthApi,
): Promise<Plan> {
  const plan = await planOf(berth, input).catch(error => {
    throw error instanceof ConflictError
      ? error
      : errorFromApi(error, `Berth would not install ${titleOf(input)}`);
  });
  if (plan.type === 'nothing') {
    logger.info(
      `${input.release} has the chart ${chartTitle(
        input.chart,
      )} and these values already, as revision ${
        plan.revision
      }. Nothing is to do`,
    );
  } else {
    logger.info(
      `Preview: ${plan.request.kind} of ${titleOf(
        input,
      )}, with the chart ${chartTitle(input.chart)}`,
    );
    describeChanges(plan.preview).forEach(line => logger.info(line));
    sentencesForLogs(plan.preview).warnings.forEach(line => logger.warn(line));
  }
  return plan;
}

/** The steps before it make no namespace in a dry run, so the preview may be impossible. */
async function dryRun(
  context: HelmStepContext,
  berth: BerthApi,
): Promise<void> {
  const { input, logger } = context;
  const home = await orMissing(berth.getNamespace(input)).catch(error => {
    throw errorFromApi(error, `Berth refused to read ${input.namespace}`);
  });
  if (home) {
    await previewed(context, berth);
  } else {
    logger.info(
      `Dry run: ${input.namespace} on ${input.cluster} does not exist, or is not a namespace of your groups, so there is no preview of the chart`,
    );
  }
  outputs(context, { ...placeOutput(context), state: 'dry-run' });
}

async function cancel(
  { input, logger }: HelmStepContext,
  berth: BerthApi,
  id: string,
): Promise<void> {
  const url = operationUrl(input, id);
  try {
    const operation = await orMissing(berth.cancelHelmOperation(id));
    if (operation) {
      logger.warn(
        operation.state === 'Observing'
          ? `The task was cancelled, so the operation no longer waits for the objects. helm had ended before, and the release stays. See ${url}`
          : `The task was cancelled, so the operation is cancelled, too. See ${url}`,
      );
    }
  } catch (error) {
    logger.warn(
      `The operation could not be cancelled: ${apiErrorMessage(
        error,
      )}. See ${url}`,
    );
  }
}

function outputOperation(
  context: HelmStepContext,
  { id, revision, state }: HelmOperation,
): void {
  outputs(context, {
    ...placeOutput(context),
    ...{ state, revision },
    operationId: id,
    operationUrl: operationUrl(context.input, id),
  });
}

function placeOutput({ input }: HelmStepContext) {
  const { cluster, namespace, release } = input;
  return { cluster, namespace, release, releaseUrl: releaseUrl(input) };
}

function outputs(context: HelmStepContext, values: HelmInstallOutput): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      context.output(name as keyof HelmInstallOutput, value);
    }
  }
}
