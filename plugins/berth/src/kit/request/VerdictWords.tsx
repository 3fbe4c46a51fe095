import { Text } from '@backstage/ui';
import { RequestVerdict } from '@berth/plugin-berth-common';
import { RiCheckLine } from '@remixicon/react';
import { ToneText } from '../labels';
import { useText } from '../useText';
import { RefList } from './parts';
import styles from './RequestParts.module.css';

/** Shows the result of the rules: the outcome, who decides, and why. */
export function VerdictWords({ verdict }: { verdict: RequestVerdict }) {
  const { outcome, reasons, undecidable, warning } = verdict;
  const t = useText();
  return (
    <div className={styles.verdict}>
      <Text as="p" weight="bold">
        {outcome === 'AutoApprove' && (
          <>
            <RiCheckLine className={styles.check} aria-hidden="true" />
            {approvedText()}
          </>
        )}
        {outcome === 'NeedsApproval' && needsText()}
      </Text>
      {undecidable && (
        <ToneText as="p" tone="warning">
          {t('request.verdict.undecidable')}
        </ToneText>
      )}
      {warning && (
        <ToneText as="p" tone="warning">
          {warning}
        </ToneText>
      )}
      {outcome === 'NeedsApproval' && reasons.length > 0 && (
        <ul className={styles.reasons} aria-label={t('request.verdict.why')}>
          {reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );

  function approvedText(): string {
    return verdict.rule
      ? t('request.verdict.AutoApprove', { rule: verdict.rule })
      : t('request.verdict.AutoApproveNoRule');
  }

  /** The approvers are absent if they would reveal what the requester may not know. */
  function needsText() {
    const { approvers } = verdict;
    if (approvers.length === 0) {
      return t('request.verdict.NeedsApproval');
    }
    return t(
      approvers.length === 1
        ? 'request.verdict.NeedsApprovalOf'
        : 'request.verdict.NeedsApprovalOfOne',
      { approvers: <RefList refs={approvers} /> },
    );
  }
}
