import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RequestSpec, RequestState } from '@berth/plugin-berth-common';
import { redact } from '../kube';
import { nameOf, RequestRecord } from './model';

export interface RequestNotifierOptions {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  logger: LoggerService;
  notifications: NotificationService;
}

/** The states that are shown as a warning; all others are shown as a success. */
const SEVERITIES: Partial<Record<RequestState, 'high'>> = {
  Failed: 'high',
  Denied: 'high',
};

/** Notifies people about requests. If notifications are missing or fail, requests are still decided and provisioned. */
export class RequestNotifier {
  readonly #options: RequestNotifierOptions;
  #warned = false;

  constructor(options: RequestNotifierOptions) {
    this.#options = options;
  }

  /** Notifies the approvers that a request waits for their decision. */
  submitted(request: RequestRecord): void {
    const { spec, requester, verdict } = request;
    this.#send(request, verdict?.approvers ?? [], async () => ({
      title: `${await this.#displayName(requester)} requests ${whatOf(spec)}`,
      description: spec.purpose,
      exclude: requester,
    }));
  }

  /** Notifies the requester: the request was decided, is ready, or failed. */
  decided(request: RequestRecord): void {
    const { spec, requester, state, steps } = request;
    const last = steps[steps.length - 1];
    this.#send(request, [requester], async () => ({
      title: `${state}: ${whatOf(spec)}`,
      description: last?.reason,
    }));
  }

  #send(
    { id, state }: RequestRecord,
    recipients: string[],
    write: () => Promise<{
      title: string;
      description?: string;
      exclude?: string;
    }>,
  ): void {
    if (recipients.length === 0) {
      return;
    }
    const sent = async () => {
      const { title, description, exclude } = await write();
      await this.#options.notifications.send({
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
          severity: SEVERITIES[state] ?? 'normal',
          link: `/berth/requests/${id}`,
          topic: 'berth-requests',
          scope: `berth-request:${id}`,
        },
      });
    };
    sent().catch(error => this.#failed(error));
  }

  /** Returns the person's display name, or the name in the entity ref if the catalog does not answer. */
  async #displayName(entityRef: string): Promise<string> {
    const { auth, catalog } = this.#options;
    let entity: Entity | undefined;
    try {
      entity = await catalog.getEntityByRef(entityRef, {
        credentials: await auth.getOwnServiceCredentials(),
      });
    } catch {
      entity = undefined;
    }
    const profile = entity?.spec?.profile as
      | { displayName?: unknown }
      | undefined;
    const name = profile?.displayName ?? entity?.metadata.title;
    return typeof name === 'string' && name.trim() ? name : nameOf(entityRef);
  }

  /** Logs a failure once, because a portal without notifications would log it with every request. */
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

/** Describes the request, such as `the namespace shop on prod01`. */
export function whatOf(spec: RequestSpec): string {
  const where = `${spec.namespace} on ${spec.cluster}`;
  switch (spec.kind) {
    case 'namespace':
      return `the namespace ${where}`;
    case 'quota':
      return `a new quota for ${where}`;
    default:
      return `the role ${spec.role} in ${where}`;
  }
}
