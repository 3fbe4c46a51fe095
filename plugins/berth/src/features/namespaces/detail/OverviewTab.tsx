import { ReactNode } from 'react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { groupName } from '../../../kit/format';
import { useAccess, useSizeClasses } from '../../../kit/hooks';
import { namespaceRouteRef } from '../../../routes';
import styles from '../../../kit/page.module.css';
import { Section } from '../../../kit/Section';
import { GrantList } from '../access';
import { EditNamespaceButton } from '../edit/EditNamespaceDialog';
import { QuotaBars, usePlacementText } from '../../../kit/quota';
import {
  CopyIcon,
  EffectiveMembers,
  Facts,
  Moment,
  ToneText,
  useText,
} from '../../../kit';
import { YourAccess } from './AccessTab';

/** Shows the details of a namespace, its access, and its usage. */
export function OverviewTab(props: {
  namespace: ManagedNamespace;
  /** Called after an edit; absent if the namespace cannot be edited here. Only admins can edit. */
  onChanged?: () => Promise<void>;
}) {
  const { namespace, onChanged } = props;
  const t = useText();
  const { value: access } = useAccess();
  return (
    <>
      <div className={styles.grid}>
        <FactsSection
          namespace={namespace}
          actions={
            access?.admin &&
            onChanged && (
              <EditNamespaceButton namespace={namespace} onSaved={onChanged} />
            )
          }
        />
        <Section title={t('namespace.overview.who')}>
          <Flex direction="column" gap="2">
            {access && !access.admin && (
              <Text color="secondary">{t('namespace.overview.onlyYours')}</Text>
            )}
            <YourAccess grants={namespace.grants} />
            <GrantList
              grants={namespace.grants}
              personal={namespace.personal}
            />
            {(namespace.grants.length > 0 || !namespace.personal) && (
              <EffectiveMembers
                groups={namespace.grants.map(({ group }) => group)}
              />
            )}
          </Flex>
        </Section>
      </div>
      <Section title={t('namespace.overview.quota')}>
        <QuotaSummary namespace={namespace} admin={Boolean(access?.admin)} />
      </Section>
    </>
  );
}

function FactsSection(props: {
  namespace: ManagedNamespace;
  actions?: ReactNode;
}) {
  const { namespace, actions } = props;
  const t = useText();
  const { owner, personal, system, purpose, createdAt, createdBy, uid } =
    namespace;
  return (
    <Section title={t('namespace.overview.title')} actions={actions}>
      <Facts
        items={[
          {
            label: t('namespace.overview.owner'),
            value: ownerOf(),
          },
          ...(system
            ? [
                {
                  label: t('namespace.overview.system'),
                  value: (
                    <EntityRefLink entityRef={system} defaultKind="system" />
                  ),
                },
              ]
            : []),
          ...(purpose
            ? [{ label: t('namespace.overview.purpose'), value: purpose }]
            : []),
          {
            label: t('namespace.overview.kind'),
            value: t(`namespace.overview.${kindOf(namespace)}`),
          },
          {
            label: t('namespace.overview.createdAt'),
            value: (
              <>
                <Moment at={createdAt} />
                {createdBy && (
                  <>
                    {' · '}
                    <EntityRefLink entityRef={createdBy} defaultKind="user" />
                  </>
                )}
              </>
            ),
          },
          {
            label: t('namespace.overview.uid'),
            value: uid ? (
              <span className={styles.copyable}>
                {uid}
                <CopyIcon text={uid} />
              </span>
            ) : (
              t('namespace.overview.noUid')
            ),
          },
        ]}
      />
    </Section>
  );

  function ownerOf(): ReactNode {
    if (owner === undefined) {
      return t('namespaces.noOwner');
    }
    // The catalog has no page for a person who left it.
    return personal?.absent ? (
      t('namespace.overview.left', { person: groupName(owner) })
    ) : (
      <EntityRefLink entityRef={owner} defaultKind="group" />
    );
  }
}

function kindOf({
  home,
  personal,
}: ManagedNamespace): 'home' | 'personal' | 'managed' {
  if (home) {
    return 'home';
  }
  return personal ? 'personal' : 'managed';
}

function QuotaSummary(props: { namespace: ManagedNamespace; admin: boolean }) {
  const { namespace, admin } = props;
  const { quota } = namespace;
  const t = useText();
  const placementOf = usePlacementText();
  const { value: sizeClasses } = useSizeClasses();
  const route = useRouteRef(namespaceRouteRef);
  if (!quota) {
    return (
      <Flex direction="column" gap="2" align="start">
        <ToneText tone="warning">{t('namespace.overview.noQuota')}</ToneText>
        {admin && (
          <ButtonLink
            variant="secondary"
            href={`${route({
              name: namespace.cluster,
              namespace: namespace.name,
            })}/quota`}
          >
            {t('namespace.overview.setQuota')}
          </ButtonLink>
        )}
      </Flex>
    );
  }
  const { sizeClass } = quota;
  const nodes = placementOf(quota.placement);
  const preset = sizeClasses?.find(({ name }) => name === sizeClass);
  return (
    <Flex direction="column" gap="3">
      <QuotaBars quota={quota} />
      {nodes && (
        <Text variant="body-small" color="secondary">
          {t('quotas.placement', { nodes })}
        </Text>
      )}
      <Text variant="body-small" color="secondary">
        {sizeClass &&
          `${t('namespace.overview.sizeClass', {
            name: preset?.title ?? sizeClass,
          })} · `}
        {quota.observedAt
          ? t('namespace.overview.observed', {
              when: <Moment at={quota.observedAt} />,
            })
          : t('quotas.notObservedYet')}
      </Text>
    </Flex>
  );
}
