import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AccessRequest } from '@berth/plugin-berth-common';
import { clusterRouteRef, namespaceRouteRef } from '../../../routes';
import { Section } from '../../../kit/Section';
import { groupOfSpec, Person, RefLink } from '../../../kit/request/parts';
import { Facts, Moment, useText } from '../../../kit';

/** Shows the parts of the request, one by one. */
export function SpecSection({ request }: { request: AccessRequest }) {
  const { spec, state, gone } = request;
  const t = useText();
  const clusterRoute = useRouteRef(clusterRouteRef);
  const namespaceRoute = useRouteRef(namespaceRouteRef);
  const group = groupOfSpec(spec);
  const { cluster, namespace, purpose } = spec;
  const isThere = !gone && (spec.kind !== 'namespace' || state === 'Ready');
  const isOpen = state === 'Draft' || state === 'Submitted';
  return (
    <Section
      title={t(isOpen ? 'request.spec.title' : 'request.spec.titlePast')}
    >
      <Facts
        items={[
          {
            label: t('request.spec.namespace'),
            value: isThere ? (
              <Link href={namespaceRoute({ name: cluster, namespace })}>
                {namespace}
              </Link>
            ) : (
              namespace
            ),
          },
          {
            label: t('request.spec.cluster'),
            value: (
              <Link href={clusterRoute({ name: cluster })}>{cluster}</Link>
            ),
          },
          ...(group
            ? [
                {
                  label: t('request.spec.group'),
                  value: (
                    <EntityRefLink entityRef={group} defaultKind="group" />
                  ),
                },
              ]
            : []),
          ...(spec.kind === 'namespace' && spec.system
            ? [
                {
                  label: t('request.spec.system'),
                  value: (
                    <EntityRefLink
                      entityRef={spec.system}
                      defaultKind="system"
                    />
                  ),
                },
              ]
            : []),
          ...(spec.kind === 'grant'
            ? [{ label: t('request.spec.role'), value: t(`role.${spec.role}`) }]
            : []),
          ...(spec.kind !== 'quota' ? [untilOf(spec.expiresAt)] : []),
          {
            label: t('request.spec.purpose'),
            value: purpose || t('request.spec.noPurpose'),
          },
        ]}
      />
    </Section>
  );

  function untilOf(expiresAt?: string) {
    return {
      label: t('request.spec.until'),
      value: expiresAt ? (
        <span
          title={
            spec.kind === 'namespace' ? t('request.spec.endHint') : undefined
          }
        >
          <Moment at={expiresAt} display="clock" />
        </span>
      ) : (
        t('request.spec.noEnd')
      ),
    };
  }
}

/** Shows the requester and the request in a sentence. */
export function RequestSentence({ request }: { request: AccessRequest }) {
  const { spec, requester, state } = request;
  const t = useText();
  const group = groupOfSpec(spec);
  const words = {
    who: <Person actor={requester} />,
    namespace: <b>{spec.namespace}</b>,
    cluster: <b>{spec.cluster}</b>,
    group: group ? <RefLink entityRef={group} /> : '',
  };
  const isOpen = state === 'Draft' || state === 'Submitted';
  const sentence = isOpen ? 'sentence' : 'sentencePast';
  return (
    <Text as="p" variant="body-large">
      {spec.kind === 'grant'
        ? t(`spec.${sentence}.grant`, {
            ...words,
            role: <b>{t(`role.${spec.role}`)}</b>,
          })
        : t(`spec.${sentence}.${spec.kind}`, words)}
    </Text>
  );
}
