import { ToneLabel, useText } from '../../kit';
import { ReleaseState } from './status';

/** Shows the state of a release as a coloured mark and words. */
export function StateLabel({ state }: { state: ReleaseState }) {
  const t = useText();
  return <ToneLabel tone={state.tone} text={t(`helm.state.${state.word}`)} />;
}
