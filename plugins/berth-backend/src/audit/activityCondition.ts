import { Knex } from 'knex';
import { encodeTime } from 'ulid';
import { ActivityCondition, ReaderGroup } from './types';

type Where = (query: Knex.QueryBuilder) => void;

/**
 * Builds the condition, on `activity`, for the entries that match. Times are compared with the id, which begins
 * with the time.
 */
export function matchesActivity(condition: ActivityCondition): Where {
  const { clusterId, clusters, namespace, actor, groups } = condition;
  const { events, outcome, jti, since, until, reader } = condition;
  return query => {
    const equal = { cluster_id: clusterId, namespace, actor, outcome, jti };
    for (const [column, value] of Object.entries(equal)) {
      if (value !== undefined) {
        query.where(`activity.${column}`, value);
      }
    }
    if (clusters) {
      query.whereIn('activity.cluster_name', clusters);
    }
    if (events) {
      query.whereIn('activity.event', events);
    }
    if (since) {
      query.where('activity.id', '>=', firstIdAt(since));
    }
    if (until) {
      query.where('activity.id', '<', firstIdAt(until));
    }
    if (groups) {
      query.where(hasTouched(groups, reader?.groups));
    }
    if (reader) {
      query.where(own =>
        own
          .where(isActor(reader))
          .orWhereExists(touches(isOwner(reader)))
          .orWhereExists(touches(isOneOf(readable(reader.groups, groups)))),
      );
    }
  };
}

/** A user who was created again in the catalog does not see what the former one did. */
function isActor({
  actor,
  actorUid,
}: {
  actor: string;
  actorUid?: string;
}): Where {
  return query => {
    query.where('activity.actor', actor).where(same => {
      same.whereNull('activity.actor_uid');
      if (actorUid !== undefined) {
        same.orWhere('activity.actor_uid', actorUid);
      }
    });
  };
}

/** An entry names the owner of a personal namespace like a group, with the UID. */
function isOwner({
  actor,
  actorUid,
}: {
  actor: string;
  actorUid?: string;
}): Where {
  return query => {
    query.where({ group_ref: actor, group_uid: actorUid ?? '' });
  };
}

/** Returns a text less than or equal to the ids of all entries from a time on. */
export function firstIdAt(time: Date): string {
  return encodeTime(Math.max(0, time.getTime()), 10).padEnd(26, '0');
}

/** A reader can search only by their own groups, because entries show readers no other groups. */
function hasTouched(groups: string[], own?: ReaderGroup[]): Where {
  return query => {
    query.whereExists(
      touches(
        own
          ? isOneOf(readable(own, groups))
          : some => some.whereIn('group_ref', groups),
      ),
    );
  };
}

function touches(which: Where): Where {
  return query =>
    query
      .select('entry_id')
      .from('activity_groups')
      .whereRaw('activity_groups.entry_id = activity.id')
      .where(which);
}

/** A search by another group must not reveal which of the visible entries touched that group. */
function readable(
  own: ReaderGroup[],
  wanted: string[] | undefined,
): ReaderGroup[] {
  return wanted ? own.filter(({ group }) => wanted.includes(group)) : own;
}

/** A group that was created again in the catalog does not see entries that touched the former one. */
function isOneOf(groups: ReaderGroup[]): Where {
  return query => {
    query.whereRaw('1 = 0');
    for (const { group, uid } of groups) {
      query.orWhere(same => {
        same.where('group_ref', group);
        same.where(identity => {
          identity.whereNull('group_uid');
          if (uid !== undefined) {
            identity.orWhere('group_uid', uid);
          }
        });
      });
    }
  };
}
