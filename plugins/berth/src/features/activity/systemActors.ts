import { activityTexts } from '../../texts/activity';
import { Translate } from '../../kit';

type SystemPart = keyof typeof activityTexts.activity.actor;

const PREFIX = 'system:';
const PARTS = Object.keys(activityTexts.activity.actor) as SystemPart[];

/** Whether the portal itself did something, not a person. */
export function isSystemActor(actor: string): boolean {
  return actor.startsWith(PREFIX);
}

/** Which part of the portal it was, in words. */
export function systemActorText(t: Translate, actor: string): string {
  const part = PARTS.find(one => `${PREFIX}${one}` === actor) ?? 'other';
  return t(`activity.actor.${part}`);
}
