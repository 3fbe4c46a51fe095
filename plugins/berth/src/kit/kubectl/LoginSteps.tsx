import { ReactNode, useState } from 'react';
import { Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { KubectlPortal } from '@berth/plugin-berth-common';
import { Command } from '../kubeconfig/parts';
import { useText } from '../useText';
import { System, commandsOf, systemOf } from './commands';
import styles from './LoginSteps.module.css';

const SYSTEMS: readonly System[] = ['unix', 'windows'];

/** The commands from a computer without kubectl-berth to the first answer of a cluster. */
export function LoginSteps(props: {
  portal: KubectlPortal;
  /** The first command with a cluster. */
  firstCommand: string;
}) {
  const { portal, firstCommand } = props;
  const t = useText();
  const [system, setSystem] = useState(() => systemOf(platform()));
  const { install, login } = commandsOf(portal.api, system);
  return (
    <div className={styles.login}>
      <ToggleButtonGroup
        aria-label={t('kubectl.system.label')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[system]}
        onSelectionChange={([chosen]) =>
          setSystem(SYSTEMS.find(one => one === chosen) ?? system)
        }
      >
        {SYSTEMS.map(one => (
          <ToggleButton key={one} id={one}>
            {t(`kubectl.system.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <ol className={styles.steps}>
        <LoginStep title={t('kubectl.login.install')}>
          <Command label={t('kubectl.login.installCommand')} text={install} />
        </LoginStep>
        <LoginStep
          title={t('kubectl.login.signIn')}
          hint={t('kubectl.login.signInHint')}
        >
          <Command label={t('kubectl.login.signInCommand')} text={login} />
        </LoginStep>
        <LoginStep title={t('kubectl.login.use')}>
          <Command label={t('kubectl.login.useCommand')} text={firstCommand} />
        </LoginStep>
      </ol>
    </div>
  );
}

function LoginStep(props: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <li>
      <Text as="div" weight="bold">
        {props.title}
      </Text>
      {props.children}
      {props.hint && (
        <Text as="div" variant="body-small" color="secondary">
          {props.hint}
        </Text>
      )}
    </li>
  );
}

/** Browsers that know the newer property name it precisely; the older one is deprecated, but no browser lacks it. */
function platform(): string {
  const { userAgentData } = navigator as {
    userAgentData?: { platform?: string };
  };
  return userAgentData?.platform || navigator.platform;
}
