import { Button, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActivityEntry } from '@berth/plugin-berth-common';
import { ReactNode, useId, useState } from 'react';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { requestRouteRef } from '../../routes';
import { Facts, Moment, Translate, useText } from '../../kit';
import { GroupChange, groupChanges, ownersOf, requestOf } from './changes';
import styles from './activity.module.css';
import { activityTexts } from '../../texts/activity';

/** Names the event, with the outcome of a decision and a link to the request. */
export function EventTitle({ entry }: { entry: ActivityEntry }) {
  const t = useText();
  const requestPath = useRouteRef(requestRouteRef);
  const request = requestOf(entry);
  const text = requestEventText(t, entry.event, request?.state);
  return request && requestPath ? (
    <Link href={requestPath({ id: request.id })} title={entry.event}>
      {text}
    </Link>
  ) : (
    <Text title={entry.event}>{text}</Text>
  );
}

/** Shows which groups gained, lost or changed a role, and the other groups of the entry. */
export function EventGroups({ entry }: { entry: ActivityEntry }) {
  const t = useText();
  const owners = ownersOf(entry);
  const { gained, lost, changed } = groupChanges(entry);
  const lines: [GroupChange, string][] = [
    ...gained.map((change): [GroupChange, string] => [
      change,
      gainedText(t, change),
    ]),
    ...changed.map((change): [GroupChange, string] => [
      change,
      changedText(t, change),
    ]),
    ...lost.map((change): [GroupChange, string] => [
      change,
      change.before === undefined
        ? t('activity.change.unshared')
        : t('activity.change.lost', { role: change.before }),
    ]),
  ];
  // If the change is known, groups without a change are left out.
  const others =
    lines.length > 0 || owners
      ? []
      : entry.groups.map((group): [GroupChange, string] => [{ group }, '']);
  return (
    <>
      {owners && <Owners event={entry.event} {...owners} />}
      {lines.map(([{ group }, text]) => (
        <Text key={`${group} ${text}`} variant="body-small">
          <EntityRefLink entityRef={group} defaultKind="group" hideIcon />{' '}
          {text}
        </Text>
      ))}
      {others.length > 0 && (
        <span className={styles.groups}>
          {others.map(([{ group }]) => (
            <EntityRefLink
              key={group}
              entityRef={group}
              defaultKind="group"
              hideIcon
            />
          ))}
        </span>
      )}
    </>
  );
}

/** Shows the former and the new owner, or the owner of a new namespace. */
function Owners(props: { event: string; from?: string; to: string }) {
  const { event, from, to } = props;
  const t = useText();
  const link = (owner: string) => (
    <EntityRefLink entityRef={owner} defaultKind="group" hideIcon />
  );
  return (
    <Text variant="body-small">
      {event === 'namespace-transfer'
        ? t('activity.change.transferred', {
            from: from ? link(from) : t('activity.change.nobody'),
            to: link(to),
          })
        : t('activity.change.ownedBy', { owner: link(to) })}
    </Text>
  );
}

function gainedText(t: Translate, { now, until }: GroupChange): string {
  if (now === undefined) {
    return t('activity.change.shared');
  }
  return until === undefined
    ? t('activity.change.gained', { role: now })
    : t('activity.change.gainedUntil', { role: now, until: dateOf(until) });
}

function changedText(t: Translate, change: GroupChange): string {
  const { now = '', before = '', until } = change;
  return until === undefined
    ? t('activity.change.changed', { now, before })
    : t('activity.change.changedUntil', {
        now,
        before,
        until: dateOf(until),
      });
}

function dateOf(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString();
}

type EventId = keyof typeof activityTexts.activity.event;

/** The events with texts. */
export const EVENTS = Object.keys(activityTexts.activity.event) as EventId[];

/** Like `eventText`, but names a decision. */
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

/** Returns the text of an event, or the event's id if it has no text. */
export function eventText(t: Translate, event: string): string {
  const known = EVENTS.find(one => one === event);
  return known ? t(`activity.event.${known}`) : event;
}

/** Shows the details of an entry, if any, behind a button. */
export function EntryDetails({ entry }: { entry: ActivityEntry }) {
  const t = useText();
  const details = Object.entries(entry.meta ?? {});
  if (details.length === 0) {
    return null;
  }
  return (
    <Expander label={t('activity.details')}>
      <Facts
        items={details.map(([label, value]) => ({
          label,
          value: valueText(value),
        }))}
      />
    </Expander>
  );
}

/** Shows several tokens of one person for one cluster behind a button, each with its time and name. */
export function FoldedTokens({ entries }: { entries: ActivityEntry[] }) {
  const t = useText();
  return (
    <Expander label={t('activity.showTokens')}>
      <ul className={styles.tokens}>
        {entries.map(({ id, at, jti }) => (
          <li key={id}>
            <Moment at={at} display="clock" />
            {jti && ` · ${t('activity.jti', { jti })}`}
          </li>
        ))}
      </ul>
    </Expander>
  );
}

function Expander(props: { label: string; children: ReactNode }) {
  const { label, children } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={styles.expander}>
      <Button
        size="small"
        variant="tertiary"
        iconStart={open ? <RiArrowDownSLine /> : <RiArrowRightSLine />}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onPress={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div id={id} className={styles.expanded}>
          {children}
        </div>
      )}
    </div>
  );
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(valueText).join(', ');
  }
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : String(value);
}
