import { ManagedNamespace } from '@berth/plugin-berth-common';
import { Tone, ToneLabel } from './StateLabel';
import { useText } from './useText';

/** How a namespace is, as a coloured mark and a word: its phase, or that the portal fails at it. */
export function NamespaceStatusLabel(props: { namespace: ManagedNamespace }) {
  const { phase, state } = props.namespace;
  const t = useText();
  const status =
    state === 'Failed' && phase !== 'Terminating' ? 'Failed' : phase;
  const tones: Record<typeof status, Tone> = {
    Active: 'success',
    Pending: 'pending',
    Terminating: 'danger',
    Failed: 'danger',
  };
  return <ToneLabel tone={tones[status]} text={t(`phase.${status}`)} />;
}
