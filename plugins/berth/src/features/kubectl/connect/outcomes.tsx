import { ReactNode, useEffect, useRef } from 'react';
import { ButtonLink, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  RiErrorWarningLine,
  RiLinkUnlink,
  RiLockLine,
  RiShieldCrossLine,
  RiTimeLine,
} from '@remixicon/react';
import { kubectlRouteRef } from '../../../routes';
import { Notice, useText } from '../../../kit';
import { problemOf } from '../../../kit/format';
import styles from './connect.module.css';

/** Moves the focus to what replaced the pressed button, so that keyboard and screen reader go on there. */
export function Focused({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} className={styles.focused}>
      {children}
    </div>
  );
}

function ToSetUp() {
  const t = useText();
  const kubectl = useRouteRef(kubectlRouteRef);
  return (
    <ButtonLink variant="secondary" href={kubectl()}>
      {t('kubectl.title')}
    </ButtonLink>
  );
}

/** Shown for a link that `kubectl berth login` cannot have made. */
export function BadLink() {
  const t = useText();
  return (
    <Notice
      role="alert"
      icon={RiLinkUnlink}
      title={t('connect.badLink.title')}
      actions={<ToSetUp />}
    >
      <Text color="secondary">{t('connect.badLink.next')}</Text>
    </Notice>
  );
}

/** Shown after the link was used. */
export function UsedLink() {
  const t = useText();
  return (
    <Focused>
      <Notice
        role="alert"
        icon={RiLinkUnlink}
        title={t('connect.used.title')}
        actions={<ToSetUp />}
      >
        <Text color="secondary">{t('connect.used.next')}</Text>
      </Notice>
    </Focused>
  );
}

/** Shown in a frame of another page. */
export function InFrame() {
  const t = useText();
  return (
    <Notice
      role="alert"
      icon={RiShieldCrossLine}
      tone="danger"
      title={t('connect.inFrame.title')}
    >
      <Text color="secondary">{t('connect.inFrame.next')}</Text>
    </Notice>
  );
}

/** Shown where the browser computes no words. */
export function NeedsHttps() {
  const t = useText();
  return (
    <Notice
      role="alert"
      icon={RiErrorWarningLine}
      tone="danger"
      title={t('connect.needsHttps.title')}
    >
      <Text color="secondary">{t('connect.needsHttps.next')}</Text>
    </Notice>
  );
}

/** Shown to a person who may not connect kubectl. */
export function NotAllowed({ error }: { error: unknown }) {
  const t = useText();
  return (
    <Focused>
      <Notice
        role="alert"
        icon={RiLockLine}
        title={t('connect.notAllowed.title')}
        actions={<ToSetUp />}
      >
        <Text>{problemOf(error).message}</Text>
        <Text color="secondary">{t('connect.notAllowed.next')}</Text>
      </Notice>
    </Focused>
  );
}

/** Shown after the person said that the question is not theirs. */
export function Declined() {
  const t = useText();
  return (
    <Focused>
      <Notice
        role="status"
        icon={RiShieldCrossLine}
        title={t('connect.declined.title')}
      >
        <Text color="secondary">{t('connect.declined.link')}</Text>
        <Text color="secondary">{t('connect.declined.account')}</Text>
      </Notice>
    </Focused>
  );
}

/** Shown when the time for the code is over. */
export function CodeOver() {
  const t = useText();
  return (
    <Notice
      role="alert"
      icon={RiTimeLine}
      title={t('connect.over.title')}
      actions={<ToSetUp />}
    >
      <Text color="secondary">{t('connect.over.next')}</Text>
    </Notice>
  );
}
