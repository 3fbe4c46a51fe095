import { useText } from '../../../kit';
import { problemOf } from '../../../kit/format';
import { useHelmWriting } from './useOperations';

/** Returns why the portal changes no releases, or cannot tell yet; undefined if it does. */
export function usePortalReason(): string | undefined {
  const t = useText();
  const { value, error } = useHelmWriting();
  if (!value) {
    return error
      ? t('helm.actions.unknown', { message: problemOf(error).message })
      : t('abilities.checking');
  }
  return value.writable
    ? undefined
    : value.reason ?? t('helm.actions.readOnly');
}
