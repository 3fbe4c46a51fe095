import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Fragment, useCallback } from 'react';
import { RequestState, RequestSpec } from '@berth/plugin-berth-common';
import { Tone, ToneLabel } from '../labels';
import { useText } from '../useText';
import styles from './RequestParts.module.css';

/** Shows a person with a link to their page, or the portal itself. */
export function Person({ actor }: { actor: string }) {
  const t = useText();
  return actor.startsWith('system:') ? (
    <span title={actor}>{t('request.system')}</span>
  ) : (
    <EntityRefLink
      entityRef={actor}
      defaultKind="user"
      hideIcon
      disableTooltip
    />
  );
}

/** Shows a person or group within a sentence, with a link to its page. */
export function RefLink({ entityRef }: { entityRef: string }) {
  return (
    <EntityRefLink
      entityRef={entityRef}
      defaultKind="group"
      hideIcon
      disableTooltip
    />
  );
}

const SHOWN = 5;

/** Lists the first of some persons and groups. */
export function RefList({ refs }: { refs: string[] }) {
  const t = useText();
  const shown = refs.slice(0, SHOWN);
  const rest = refs.slice(SHOWN);
  return (
    <>
      {shown.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ' '}
          <span className={styles.ref}>
            <RefLink entityRef={ref} />
            {index < refs.length - 1 && ','}
          </span>
        </Fragment>
      ))}
      {rest.length > 0 && (
        <span title={rest.join(', ')}>
          {' '}
          {t('request.verdict.more', { number: String(rest.length) })}
        </span>
      )}
    </>
  );
}

const TONES: Partial<Record<RequestState, Tone>> = {
  Ready: 'success',
  Denied: 'danger',
  Failed: 'danger',
};

/** Shows the state of a request as a coloured mark and words. */
export function RequestStateLabel({ state }: { state: RequestState }) {
  const t = useText();
  return (
    <ToneLabel
      tone={TONES[state] ?? 'pending'}
      text={t(`requestState.${state}`)}
    />
  );
}

/** Returns a function that writes a short title of a request, such as `Quota of shop`. */
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

/** Returns the entity ref of the request's group; a request for a quota has no particular group. */
export function groupOfSpec(spec: RequestSpec): string | undefined {
  return spec.kind === 'quota' ? undefined : spec.group;
}
