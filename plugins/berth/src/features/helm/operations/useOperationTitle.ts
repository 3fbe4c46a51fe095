import { HelmOperation } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';

/** Returns a function that names an operation, such as "Rollback to revision 3". */
export function useOperationTitle(): (
  operation: Pick<HelmOperation, 'kind' | 'targetRevision'>,
) => string {
  const t = useText();
  return ({ kind, targetRevision }) =>
    kind === 'rollback' && targetRevision !== undefined
      ? t('helm.operation.rollbackTo', { revision: String(targetRevision) })
      : t(`helm.operation.kind.${kind}`);
}
