import { RequestState } from '@berth/plugin-berth-common';
import { Tone, ToneLabel, useText } from '../../../kit';

const TONES: Partial<Record<RequestState, Tone>> = {
  Ready: 'success',
  Denied: 'danger',
  Failed: 'danger',
};

/** How far a request has come, as a coloured mark and words. */
export function RequestStateLabel({ state }: { state: RequestState }) {
  const t = useText();
  return (
    <ToneLabel
      tone={TONES[state] ?? 'pending'}
      text={t(`requestState.${state}`)}
    />
  );
}
