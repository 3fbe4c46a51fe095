import { memo, ReactNode, useState } from 'react';
import { Select } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress } from '@berth/plugin-berth-common';
import {
  RiDownloadLine,
  RiHistoryLine,
  RiPlayLine,
  RiTextWrap,
  RiTimeLine,
} from '@remixicon/react';
import { berthApiRef } from '../../api';
import { ActionButton } from '../ActionButton';
import { saveFile } from '../CopyButton';
import { problemOf } from '../format';
import { useNotify } from '../useNotify';
import { useText } from '../useText';
import { LogChoice, logQueryOf, SINCE, Since, TAILS } from './logQuery';
import styles from './logs.module.css';

const ALL = 'all';

/** Chooses what of a log is shown, and how. Draws again only for another choice, not for each batch of lines. */
export const LogControls = memo(function Controls(props: {
  address: ObjectAddress;
  choice: LogChoice;
  onChange: (change: Partial<LogChoice>) => void;
  /** The containers to choose from. */
  containers: readonly string[];
  /** Whether the containers are known, and none of them had a run before. */
  hasNoPrevious: boolean;
}) {
  const { address, choice, containers, onChange, hasNoPrevious } = props;
  const t = useText();
  const previousReason =
    !choice.previous && hasNoPrevious ? t('logs.previousNone') : undefined;
  return (
    <div
      className={styles.controls}
      role="group"
      aria-label={t('logs.controls')}
    >
      <Select
        className={styles.select}
        aria-label={t('logs.container')}
        value={choice.container || ALL}
        onChange={key =>
          onChange({ container: key === ALL ? '' : String(key) })
        }
        options={[
          { id: ALL, label: t('logs.allContainers') },
          ...containers.map(name => ({ id: name, label: name })),
        ]}
      />
      <Select
        className={styles.select}
        aria-label={t('logs.since')}
        value={choice.since}
        onChange={key => onChange({ since: key as Since })}
        options={SINCE.map(id => ({ id, label: t(`logs.sinceValue.${id}`) }))}
      />
      <Select
        className={styles.select}
        aria-label={t('logs.tail')}
        value={String(choice.tail)}
        onChange={key => onChange({ tail: Number(key) })}
        options={TAILS.map(count => ({
          id: String(count),
          label: t('logs.tailValue', { count: count.toLocaleString('en') }),
        }))}
      />
      <Toggle
        icon={<RiPlayLine />}
        label={t('logs.follow')}
        isOn={choice.follow && !choice.previous}
        disabledReason={choice.previous ? t('logs.followPrevious') : undefined}
        onChange={follow => onChange({ follow })}
      />
      <Toggle
        icon={<RiHistoryLine />}
        label={t('logs.previous')}
        isOn={choice.previous}
        disabledReason={previousReason}
        onChange={previous => onChange({ previous })}
      />
      <Toggle
        icon={<RiTimeLine />}
        label={t('logs.timestamps')}
        isOn={choice.timestamps}
        onChange={timestamps => onChange({ timestamps })}
      />
      <Toggle
        icon={<RiTextWrap />}
        label={t('logs.wrap')}
        isOn={choice.wrap}
        onChange={wrap => onChange({ wrap })}
      />
      <DownloadButton address={address} choice={choice} />
    </div>
  );
});

function Toggle(props: {
  icon: ReactNode;
  label: string;
  isOn: boolean;
  disabledReason?: string;
  onChange: (isOn: boolean) => void;
}) {
  const { disabledReason, icon, isOn, label, onChange } = props;
  return (
    <ActionButton
      size="small"
      variant={isOn ? 'primary' : 'secondary'}
      aria-pressed={isOn}
      iconStart={<>{icon}</>}
      disabledReason={disabledReason}
      onPress={() => onChange(!isOn)}
    >
      {label}
    </ActionButton>
  );
}

/** Saves the whole log of the chosen containers and period. */
function DownloadButton(props: { address: ObjectAddress; choice: LogChoice }) {
  const { address, choice } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [saving, setSaving] = useState(false);

  const save = async () => {
    setSaving(true);
    try {
      const {
        follow: _follow,
        tail: _tail,
        ...query
      } = logQueryOf(choice, Date.now());
      saveFile(await api.downloadLogs(address, query), `${address.name}.log`);
    } catch (error) {
      const { message } = problemOf(error);
      notify({ message: t('logs.downloadFailed', { message }), failed: true });
    }
    setSaving(false);
  };

  return (
    <ActionButton
      size="small"
      variant="secondary"
      iconStart={<RiDownloadLine />}
      isPending={saving}
      onPress={save}
    >
      {t('logs.download')}
    </ActionButton>
  );
}
