import { activityTexts } from '../../texts/activity';
import { Translate } from '../../kit';

type EventId = keyof typeof activityTexts.activity.event;

/** The events that have words of their own. */
export const EVENTS = Object.keys(activityTexts.activity.event) as EventId[];

/** As `eventText`; a decision is named. */
export function requestEventText(
  t: Translate,
  event: string,
  state: string | undefined,
): string {
  if (event !== 'request-decide' || state === undefined) {
    return eventText(t, event);
  }
  return t(
    state === 'Denied'
      ? 'activity.decided.Denied'
      : 'activity.decided.Approved',
  );
}

/** What was done, in words; an event that has none, by its id. */
export function eventText(t: Translate, event: string): string {
  const known = EVENTS.find(one => one === event);
  return known ? t(`activity.event.${known}`) : event;
}
