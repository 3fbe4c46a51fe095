import { Cell, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { TwoLines, useMomentText, useText } from '../../../../kit';

interface FigureProps {
  cluster: Cluster;
  text?: string;
  /** Breaks a long text into lines. */
  wrap?: boolean;
}

/** A figure of the last successful probe; said to be of the past where the cluster is not connected. */
function Figure({ cluster, text, wrap }: FigureProps) {
  const t = useText();
  const { state, lastSeenAt } = cluster.status;
  if (state === 'Connected' && text !== undefined) {
    return (
      <Text
        as="p"
        variant={wrap ? 'body-small' : 'body-medium'}
        truncate={wrap ? undefined : true}
        title={text}
      >
        {text}
      </Text>
    );
  }
  return (
    <TwoLines>
      <Text variant="body-medium" color="secondary">
        <span aria-label={t('common.unknown')} role="img">
          —
        </span>
      </Text>
      {text !== undefined && lastSeenAt && (
        <LastKnown text={text} at={lastSeenAt} wrap={wrap} />
      )}
    </TwoLines>
  );
}

function LastKnown(props: { text: string; at: string; wrap?: boolean }) {
  const { text, at, wrap } = props;
  const t = useText();
  const { exact, relative } = useMomentText(at);
  return (
    <Text
      as="p"
      variant="body-x-small"
      color="secondary"
      truncate={wrap ? undefined : true}
      title={`${text} – ${t('common.lastKnownHint', {
        when: `${relative} (${exact})`,
      })}`}
    >
      {t('common.lastKnown', { value: text })}
    </Text>
  );
}

/** One figure of a cluster. */
export function FigureCell(props: FigureProps) {
  return (
    <Cell>
      <Figure {...props} />
    </Cell>
  );
}
