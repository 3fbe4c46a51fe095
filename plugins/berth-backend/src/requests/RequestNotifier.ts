import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { RequestAsk } from '@berth/plugin-berth-common';
import { redact } from '../kube';
import { nameOf } from './nameOf';
import { RequestRecord } from './types';

export interface RequestNotifierOptions {
  logger: LoggerService;
  notifications: NotificationService;
}

/**
 * Tells people of requests, as well as it can: a portal without notifications, or whose notifications fail,
 * decides and provisions all the same.
 */
export class RequestNotifier {
  readonly #options: RequestNotifierOptions;
  #warned = false;

  constructor(options: RequestNotifierOptions) {
    this.#options = options;
  }

  /** Somebody waits for a decision. */
  submitted(request: RequestRecord): void {
    const approvers = request.verdict?.approvers ?? [];
    this.#send(request, approvers, {
      title: `${nameOf(request.requester)} asks for ${whatOf(request.ask)}`,
      description: request.ask.purpose,
      exclude: request.requester,
    });
  }

  /** To who asked: it was decided, it is ready, or it failed. */
  told(request: RequestRecord): void {
    const { ask, requester, state, steps } = request;
    const last = steps[steps.length - 1];
    this.#send(request, [requester], {
      title: `${state}: ${whatOf(ask)}`,
      description: last?.reason,
    });
  }

  #send(
    { id }: RequestRecord,
    recipients: string[],
    {
      title,
      description,
      exclude,
    }: { title: string; description?: string; exclude?: string },
  ): void {
    if (recipients.length === 0) {
      return;
    }
    const sent = async () =>
      this.#options.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: recipients,
          ...(exclude !== undefined && { excludeEntityRef: exclude }),
        },
        payload: {
          title,
          ...(description !== undefined && {
            description: redact(description),
          }),
          link: `/berth/requests/${id}`,
          topic: 'berth-requests',
          scope: `berth-request:${id}`,
        },
      });
    sent().catch(error => this.#failed(error));
  }

  /** Once: a portal without notifications would say so with every request. */
  #failed(error: unknown): void {
    const text = `A notification of a request could not be sent: ${redact(
      toError(error).message,
    )}`;
    if (this.#warned) {
      this.#options.logger.debug(text);
    } else {
      this.#warned = true;
      this.#options.logger.warn(`${text}. More of these are not logged`);
    }
  }
}

/** In words, such as `the namespace shop on prod01`. */
export function whatOf(ask: RequestAsk): string {
  const where = `${ask.namespace} on ${ask.cluster}`;
  switch (ask.kind) {
    case 'namespace':
      return `the namespace ${where}`;
    case 'quota':
      return `another quota of ${where}`;
    default:
      return `the role ${ask.role} in ${where}`;
  }
}
