import { useAccess } from './hooks';
import { useText } from './useText';

/** Why the reader of a page cannot change it; undefined for platform admins. */
export function useReadOnlyReason(): string | undefined {
  const t = useText();
  const { value: access } = useAccess();
  return access?.admin ? undefined : t('common.readOnly');
}
