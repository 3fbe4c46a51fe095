import { HelmOperation, HelmOperationState } from '@berth/plugin-berth-common';
import { Tone, ToneLabel, useText } from '../../../kit';

const TONES: Record<HelmOperationState, Tone> = {
  Queued: 'pending',
  Running: 'pending',
  Observing: 'pending',
  Succeeded: 'success',
  Failed: 'danger',
  Cancelled: 'danger',
  Interrupted: 'danger',
};

/** Shows the state of an operation as a coloured mark and words. */
export function OperationStateLabel(props: {
  operation: Pick<HelmOperation, 'state' | 'cancelling' | 'waiting'>;
}) {
  const { state, cancelling, waiting } = props.operation;
  const t = useText();
  return (
    <ToneLabel
      tone={TONES[state]}
      text={
        cancelling
          ? t('helm.operation.cancelling')
          : t(`helm.operation.state.${waiting ? 'waiting' : state}`)
      }
    />
  );
}
