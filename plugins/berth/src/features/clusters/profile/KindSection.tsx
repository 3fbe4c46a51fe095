import { Flex, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ProfileOfKind } from '@berth/plugin-berth-common';
import { Facts, Section, useText } from '../../../kit';
import { ProfileItems } from '../../../kit/profile';
import { clusterRouteRef } from '../../../routes';

/** Shows the profile of the namespaces of a kind. */
export function KindSection(props: { cluster: string; kind: ProfileOfKind }) {
  const { cluster } = props;
  const { kind, profile, items, namespaces = 0, waiting = 0 } = props.kind;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  return (
    <Section title={t(`profile.kind.${kind}`)}>
      {profile === undefined ? (
        <Flex direction="column" gap="3">
          <Text color="secondary">{t('profile.none')}</Text>
          {items.length > 0 && <ProfileItems items={items} />}
        </Flex>
      ) : (
        <Flex direction="column" gap="3">
          <Facts
            items={[
              { label: t('profile.name'), value: profile },
              { label: t('profile.namespaces'), value: String(namespaces) },
              ...(waiting > 0
                ? [
                    {
                      label: t('profile.waiting'),
                      value: (
                        <>
                          {waiting}{' '}
                          <Link href={`${route({ name: cluster })}/plan`}>
                            {t('profile.toPlan')}
                          </Link>
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {items.length > 0 ? (
            <ProfileItems items={items} />
          ) : (
            <Text color="secondary">{t('profile.noItems')}</Text>
          )}
        </Flex>
      )}
    </Section>
  );
}
