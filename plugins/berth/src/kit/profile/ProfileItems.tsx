import { Text } from '@backstage/ui';
import { ProfileItem } from '@berth/plugin-berth-common';
import { Tone, ToneLabel } from '../labels';
import { useText } from '../useText';
import styles from './profile.module.css';

const TONES: Record<ProfileItem['state'], Tone> = {
  enforced: 'success',
  set: 'pending',
  unsupported: 'danger',
};

/** Lists what a cluster can do with each field of a profile, and why. */
export function ProfileItems({ items }: { items: ProfileItem[] }) {
  const t = useText();
  return (
    <ul className={styles.items}>
      {items.map(({ item, state, why }) => (
        <li key={item} className={styles.item}>
          <Text>{t(`profile.item.${item}`)}</Text>
          <ToneLabel tone={TONES[state]} text={t(`profile.state.${state}`)} />
          {why && (
            <Text className={styles.why} variant="body-small" color="secondary">
              {why}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
