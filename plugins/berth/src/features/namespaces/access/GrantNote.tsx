import { Text } from '@backstage/ui';
import { Grant } from '@berth/plugin-berth-common';
import { ShareStateLabel, ToneText, useCauseText } from '../../../kit';
import styles from './GrantsEditor.module.css';

/** Shows the state of a grant on the cluster, and why it has no effect yet. */
export function GrantNote(props: {
  grant: Grant;
  /** Whether the grant has an unsaved change, to which the state does not apply. */
  isChanged?: boolean;
}) {
  const { grant, isChanged = false } = props;
  const causeText = useCauseText();
  const { state, cause, message, warning } = grant;
  return (
    <>
      {(state !== 'Ready' || message || !isChanged) && (
        <span className={styles.line}>
          <ShareStateLabel state={state} />
          {message && (
            <Text variant="body-small" color="secondary">
              {causeText(cause, message)}
            </Text>
          )}
        </span>
      )}
      {warning && (
        <ToneText variant="body-small" tone="warning">
          {warning}
        </ToneText>
      )}
    </>
  );
}
