import { ClusterState, ManagedNamespace } from '@berth/plugin-berth-common';
import { isFailed } from './ClusterBanner';
import { Tone, ToneLabel } from './StateLabel';
import { useText } from './useText';

/**
 * The status of a namespace, as a coloured mark and a word: its phase, or that the portal fails to set it up.
 * While the portal cannot work with the cluster, the status is only what was known last.
 */
export function NamespaceStatusLabel(props: {
  namespace: ManagedNamespace;
  /** Undefined while it is not known. */
  clusterState?: ClusterState;
}) {
  const { namespace, clusterState } = props;
  const { phase, state } = namespace;
  const t = useText();
  const status =
    state === 'Failed' && phase !== 'Terminating' ? 'Failed' : phase;
  const tones: Record<typeof status, Tone> = {
    Active: 'success',
    Pending: 'pending',
    Terminating: 'danger',
    Failed: 'danger',
  };
  const text = t(`phase.${status}`);
  return isFailed(clusterState) ? (
    <ToneLabel tone="pending" text={t('lastKnown', { status: text })} />
  ) : (
    <ToneLabel tone={tones[status]} text={text} />
  );
}
