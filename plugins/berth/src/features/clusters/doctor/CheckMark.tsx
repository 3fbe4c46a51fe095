import { VisuallyHidden } from '@backstage/ui';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiIndeterminateCircleLine,
  RemixiconComponentType,
} from '@remixicon/react';
import { CheckStatus } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import styles from './Doctor.module.css';

const ICONS: Record<CheckStatus, RemixiconComponentType> = {
  Passed: RiCheckboxCircleFill,
  Warning: RiAlertFill,
  Failed: RiCloseCircleFill,
  Skipped: RiIndeterminateCircleLine,
};

/** The result of a check as a coloured icon, and as a word for screen readers. */
export function CheckMark({ status }: { status: CheckStatus }) {
  const t = useText();
  const Icon = ICONS[status];
  return (
    <span className={styles.mark} data-status={status}>
      <Icon size={20} aria-hidden="true" />
      <VisuallyHidden>{t(`doctor.status.${status}`)}</VisuallyHidden>
    </span>
  );
}
