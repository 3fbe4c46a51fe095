import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AccessRequest } from '@berth/plugin-berth-common';
import { clusterRouteRef, namespaceRouteRef } from '../../../routes';
import { Section } from '../../../kit/Section';
import { askGroup } from '../parts';
import { Facts, Moment, useText } from '../../../kit';

/** The parts of the request, one by one. */
export function AskSection({ request }: { request: AccessRequest }) {
  const { ask, state, gone } = request;
  const t = useText();
  const clusterRoute = useRouteRef(clusterRouteRef);
  const namespaceRoute = useRouteRef(namespaceRouteRef);
  const group = askGroup(ask);
  const { cluster, namespace, purpose } = ask;
  const isThere = !gone && (ask.kind !== 'namespace' || state === 'Ready');
  const isOpen = state === 'Draft' || state === 'Submitted';
  return (
    <Section title={t(isOpen ? 'request.ask.title' : 'request.ask.titlePast')}>
      <Facts
        items={[
          {
            label: t('request.ask.namespace'),
            value: isThere ? (
              <Link href={namespaceRoute({ name: cluster, namespace })}>
                {namespace}
              </Link>
            ) : (
              namespace
            ),
          },
          {
            label: t('request.ask.cluster'),
            value: (
              <Link href={clusterRoute({ name: cluster })}>{cluster}</Link>
            ),
          },
          ...(group
            ? [
                {
                  label: t('request.ask.group'),
                  value: (
                    <EntityRefLink entityRef={group} defaultKind="group" />
                  ),
                },
              ]
            : []),
          ...(ask.kind === 'namespace' && ask.system
            ? [
                {
                  label: t('request.ask.system'),
                  value: (
                    <EntityRefLink
                      entityRef={ask.system}
                      defaultKind="system"
                    />
                  ),
                },
              ]
            : []),
          ...(ask.kind === 'grant'
            ? [{ label: t('request.ask.role'), value: t(`role.${ask.role}`) }]
            : []),
          ...(ask.kind !== 'quota' ? [untilOf(ask.expiresAt)] : []),
          {
            label: t('request.ask.purpose'),
            value: purpose || t('request.ask.noPurpose'),
          },
        ]}
      />
    </Section>
  );

  function untilOf(expiresAt?: string) {
    return {
      label: t('request.ask.until'),
      value: expiresAt ? (
        <span
          title={
            ask.kind === 'namespace' ? t('request.ask.endHint') : undefined
          }
        >
          <Moment at={expiresAt} display="clock" />
        </span>
      ) : (
        t('request.ask.noEnd')
      ),
    };
  }
}
