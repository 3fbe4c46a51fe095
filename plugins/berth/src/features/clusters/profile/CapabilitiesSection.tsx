import { Text, VisuallyHidden } from '@backstage/ui';
import { ClusterCapability, ClusterProfile } from '@berth/plugin-berth-common';
import {
  RemixiconComponentType,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiIndeterminateCircleLine,
} from '@remixicon/react';
import { RefreshControl, Section, useText } from '../../../kit';
import { Polled } from '../../../kit/query';
import styles from './profile.module.css';

const ICONS: Record<ClusterCapability['state'], RemixiconComponentType> = {
  yes: RiCheckboxCircleFill,
  no: RiCloseCircleFill,
  unknown: RiIndeterminateCircleLine,
};

/** Lists what a cluster has that profiles need. */
export function CapabilitiesSection(props: {
  capabilities: ClusterCapability[];
  polled: Polled<ClusterProfile>;
}) {
  const { capabilities, polled } = props;
  const t = useText();
  return (
    <Section
      title={t('profile.capabilities.title')}
      actions={<RefreshControl polled={polled} />}
    >
      <ul className={styles.list}>
        {capabilities.map(({ capability, state, message }) => {
          const Icon = ICONS[state];
          return (
            <li key={capability} className={styles.line}>
              <span className={styles.mark} data-state={state}>
                <Icon size={20} aria-hidden="true" />
                <VisuallyHidden>
                  {t(`profile.capabilities.${state}`)}
                </VisuallyHidden>
              </span>
              <div className={styles.text}>
                <Text as="p">{t(`profile.capabilities.${capability}`)}</Text>
                <Text as="p" variant="body-small" color="secondary">
                  {message}
                </Text>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
