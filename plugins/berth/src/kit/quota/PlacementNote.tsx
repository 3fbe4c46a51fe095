import { Text } from '@backstage/ui';
import { NodePlacement } from '@berth/plugin-berth-common';
import { ToneText } from '../labels';
import { useText } from '../useText';
import { QuotaForm, placementIn } from './quotaForm';
import { usePlacementText } from './sizes';

/** Shows the nodes that a quota sets, and that an unsaved quota takes those of the former size away or replaces them. */
export function PlacementNote(props: {
  /** The nodes that the namespace has now. */
  before?: NodePlacement;
  quota: QuotaForm;
}) {
  const t = useText();
  const textOf = usePlacementText();
  const before = textOf(props.before);
  const after = textOf(placementIn(props.quota));
  if (before && before !== after) {
    return (
      <ToneText as="p" tone="warning" role="status">
        {after
          ? t('quotas.editor.nodesReplaced', { before, after })
          : t('quotas.editor.nodesLost', { before })}
      </ToneText>
    );
  }
  return after ? (
    <Text as="p" variant="body-small" color="secondary">
      {t('quotas.placement', { nodes: after })}
    </Text>
  ) : null;
}
