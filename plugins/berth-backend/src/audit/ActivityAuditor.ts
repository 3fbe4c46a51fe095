/*
 * Every audited action of a person becomes an entry of the log, in three steps. Before the action, the entry is
 * written as `Started`. If that fails, the action is refused, so that nothing happens without a record. Then the
 * action runs. Its end is written into the entry. If that fails, the action has happened and an error would be
 * wrong: the entry stays `Started`, which readers see as "its end is not known", and Backstage's audit log has
 * the rest. A token is the exception: it is worthless until it is returned, so it is not returned without its
 * entry, which names its jti.
 */
import {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
  BackstageNonePrincipal,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { isDnsLabel } from '@berth/plugin-berth-common';
import { Request } from 'express';
import { groupRefsIn } from './groupRefsIn';
import {
  Activity,
  ActivityEnd,
  ActivityLog,
  NamespaceOwner,
  StartedActivity,
} from './types';

export interface ActivityAuditorOptions {
  auditor: AuditorService;
  activity: ActivityLog;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  /** Returns the id of the cluster that has the name now. */
  clusterId(name: string): Promise<string | undefined>;
  /** Returns the entity refs of the groups of a namespace, and the owner of a personal one. */
  holdersOf(
    clusterId: string,
    namespace: string,
  ): Promise<{ groups: string[]; owner?: NamespaceOwner }>;
  /** Returns the entity ref of a caller that a signature identified, and not the portal's credentials. */
  identified(request: Request): string | undefined;
  /** Returns the caller of a request. Undefined if the caller is not a person, or cannot be identified. */
  person(
    request: Request,
  ): Promise<{ uid?: string; admin: boolean; groups: string[] } | undefined>;
}

interface Begun {
  started: StartedActivity;
  /** All groups that the action touches if it succeeds. */
  groups: string[];
  owner?: NamespaceOwner;
}

type Subject = Omit<Activity, 'actor' | 'event'> & { groups: string[] };

/** An auditor that also writes into the activity log. */
export class ActivityAuditor implements AuditorService {
  readonly #options: ActivityAuditorOptions;

  static create(options: ActivityAuditorOptions): ActivityAuditor {
    return new ActivityAuditor(options);
  }

  private constructor(options: ActivityAuditorOptions) {
    this.#options = options;
  }

  createEvent(
    options: AuditorServiceCreateEventOptions,
  ): Promise<AuditorServiceEvent> {
    const { request } = options;
    return this.#create(options, async () =>
      request ? this.#actor(request) : 'system:berth',
    );
  }

  /**
   * Returns an auditor for the actions of a person whose request has no credentials of the portal, such as one of
   * kubectl. In Backstage's audit log, the person is in the details.
   *
   * @param userRef - entity ref of the person, who is known to be the caller
   */
  actingAs(userRef: string): AuditorService {
    return {
      createEvent: ({ request: _, ...options }) =>
        this.#create(options, async () => userRef),
    };
  }

  async #create(
    options: AuditorServiceCreateEventOptions,
    findActor: () => Promise<string>,
  ): Promise<AuditorServiceEvent> {
    const { auditor } = this.#options;
    const actor = await findActor();
    const begun = await this.#begin(options, actor);
    const event = await auditor.createEvent(
      options.request
        ? options
        : { ...options, meta: { ...options.meta, actor } },
    );
    return {
      success: async more => {
        const meta = { ...options.meta, ...more?.meta };
        const subject = await this.#subject(meta);
        const groups = [...new Set([...begun.groups, ...subject.groups])];
        const written = await this.#end(begun.started, {
          ...subject,
          groups,
          owner: subject.owner ?? begun.owner,
          outcome: 'Succeeded',
        });
        if (!written && typeof meta.jti === 'string') {
          const error = notWritten();
          await event.fail({ error });
          throw error;
        }
        await event.success(more);
      },
      fail: async more => {
        const { groups, owner, ...subject } = await this.#subject({
          ...options.meta,
          ...more.meta,
        });
        await this.#end(begun.started, {
          ...subject,
          outcome: 'Failed',
          error: more.error.message,
        });
        await event.fail(more);
      },
    };
  }

  async #begin(
    { eventId, request, meta = {} }: AuditorServiceCreateEventOptions,
    actor: string,
  ): Promise<Begun> {
    const { activity, logger, person } = this.#options;
    try {
      const subject = await this.#subject(meta);
      const {
        uid,
        admin = false,
        groups: own = [],
      } = (request && (await person(request))) ?? {};
      const started = await activity.begin({
        actor,
        ...(uid !== undefined && { actorUid: uid }),
        event: eventId,
        ...subject,
        // An attempt touches no other groups, so that refused attempts do not fill their pages.
        groups: subject.groups.filter(group => admin || own.includes(group)),
        owner: admin ? subject.owner : undefined,
      });
      return { started, groups: subject.groups, owner: subject.owner };
    } catch (error) {
      logger.error(
        `${eventId} by ${actor} was refused, as the activity log could not be written`,
        error as Error,
      );
      throw notWritten();
    }
  }

  async #actor(request: Request): Promise<string> {
    const { httpAuth, identified } = this.#options;
    const identity = identified(request);
    if (identity !== undefined) {
      return identity;
    }
    const { principal } = await httpAuth.credentials(request, {
      allow: ['user', 'service', 'none'],
    });
    return actorOf(principal);
  }

  /** @returns whether the end was written */
  async #end(started: StartedActivity, end: ActivityEnd): Promise<boolean> {
    try {
      await started.end(end);
      return true;
    } catch (error) {
      this.#options.logger.error(
        `The end of an activity (${end.outcome}) could not be written; its entry stays Started`,
        error as Error,
      );
      return false;
    }
  }

  /** Divides meta into the fields with their own columns and the rest. */
  async #subject(meta: JsonObject): Promise<Subject> {
    const { cluster, clusterId, namespace, jti, ...rest } = meta;
    const name = textOf(cluster);
    const id =
      textOf(clusterId) ??
      (name !== undefined && isClusterName(name)
        ? await this.#options.clusterId(name)
        : undefined);
    const space = textOf(namespace);
    const held =
      id !== undefined && space !== undefined && isDnsLabel(space)
        ? await this.#options.holdersOf(id, space)
        : { groups: [] };
    return {
      clusterId: id,
      cluster: name,
      namespace: space,
      groups: [...new Set([...groupRefsIn(rest), ...held.groups])],
      owner: held.owner,
      jti: textOf(jti),
      ...(Object.keys(rest).length > 0 && { meta: rest }),
    };
  }
}

function actorOf(
  principal:
    | BackstageUserPrincipal
    | BackstageServicePrincipal
    | BackstageNonePrincipal,
): string {
  switch (principal.type) {
    case 'user':
      return principal.userEntityRef;
    case 'service':
      return `service:${principal.subject}`;
    default:
      return 'anonymous';
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A path can contain any text. Only a valid name is looked up. */
function isClusterName(text: string): boolean {
  return /^[a-z0-9]{1,63}$/.test(text);
}

function notWritten(): ServiceUnavailableError {
  return new ServiceUnavailableError(
    'This was refused because the activity log could not be written; try again in a moment',
  );
}
