import { NodePlacement } from '@berth/plugin-berth-common';
import { ToneText } from '../labels';
import { useText } from '../useText';
import { QuotaForm, placementIn } from './quotaForm';
import { usePlacementText } from './sizes';

/** Shows that an unsaved quota takes the nodes of the former size away, or replaces them. */
export function PlacementEffect(props: {
  before?: NodePlacement;
  after: QuotaForm;
}) {
  const t = useText();
  const textOf = usePlacementText();
  const before = textOf(props.before);
  const after = textOf(placementIn(props.after));
  if (!before || before === after) {
    return null;
  }
  return (
    <ToneText as="p" tone="warning" role="status">
      {after
        ? t('quotas.editor.nodesReplaced', { before, after })
        : t('quotas.editor.nodesLost', { before })}
    </ToneText>
  );
}
