import { Text } from '@backstage/ui';
import { RequestState, RequestStep } from '@berth/plugin-berth-common';
import {
  RiCheckLine,
  RiCloseLine,
  RiDraftLine,
  RiLoopLeftLine,
  RiSendPlaneLine,
  RiSubtractLine,
} from '@remixicon/react';
import { Person } from '../../../kit/request/parts';
import { Chain, ChainLink, Moment, useText } from '../../../kit';
import styles from './RequestPage.module.css';

const MARKS: Record<RequestState, typeof RiCheckLine> = {
  Draft: RiDraftLine,
  Submitted: RiSendPlaneLine,
  AutoApproved: RiCheckLine,
  Approved: RiCheckLine,
  Denied: RiCloseLine,
  Withdrawn: RiSubtractLine,
  Provisioning: RiLoopLeftLine,
  Ready: RiCheckLine,
  Failed: RiCloseLine,
};

const TONES: Partial<Record<RequestState, 'success' | 'danger'>> = {
  AutoApproved: 'success',
  Approved: 'success',
  Ready: 'success',
  Denied: 'danger',
  Failed: 'danger',
};

/** Shows the history of a request: each step with its time, person and reason. */
export function Timeline({ steps }: { steps: RequestStep[] }) {
  const t = useText();
  return (
    <Chain>
      {steps.map(({ state, at, by, reason }, index) => (
        <ChainLink
          // Steps are only added, and a state may occur twice.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          mark={MARKS[state]}
          tone={TONES[state]}
          isCurrent={index === steps.length - 1}
        >
          <Text as="p" weight="bold">
            {t(`request.step.${state}`)}
          </Text>
          <Text as="p" variant="body-small" color="secondary">
            {t('request.stepBy', {
              when: <Moment at={at} />,
              who: <Person actor={by} />,
            })}
          </Text>
          {reason && (
            <Text as="p" variant="body-small" className={styles.reason}>
              {reason}
            </Text>
          )}
        </ChainLink>
      ))}
    </Chain>
  );
}
