import { useCallback } from 'react';
import { RequestSpec } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';

/** Writes a short title of a request, such as `Quota of shop`. */
export function useRequestTitle(): (spec: RequestSpec) => string {
  const t = useText();
  return useCallback(
    spec =>
      spec.kind === 'grant'
        ? t('spec.title.grant', {
            role: t(`role.${spec.role}`),
            namespace: spec.namespace,
          })
        : t(`spec.title.${spec.kind}`, { namespace: spec.namespace }),
    [t],
  );
}

/** Entity ref of the group that the request is for; a quota is for no group in particular. */
export function groupOfSpec(spec: RequestSpec): string | undefined {
  return spec.kind === 'quota' ? undefined : spec.group;
}
