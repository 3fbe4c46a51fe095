import { HelmPreview } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';

/** Returns why an operation cannot start after its preview; undefined if it can. */
export function reasonAgainst(
  t: ReturnType<typeof useText>,
  preview: HelmPreview | undefined,
  takesOver: boolean,
): string | undefined {
  if (!preview) {
    return t('helm.preview.wait');
  }
  if (preview.refusals.length > 0) {
    return preview.refusals[0];
  }
  return preview.conflicts.length > 0 && !takesOver
    ? t('helm.preview.decideConflicts')
    : undefined;
}
