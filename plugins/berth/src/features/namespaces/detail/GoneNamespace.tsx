import { ButtonLink, Flex, Text } from '@backstage/ui';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';

/** In place of a namespace that the page showed until a moment ago. */
export function GoneNamespace(props: {
  namespace: ManagedNamespace;
  /** Where the person finds the other namespaces. */
  list: { label: string; href: string };
}) {
  const { namespace, list } = props;
  const t = useText();
  const { name, cluster, phase } = namespace;
  return (
    <div role="status">
      <Flex direction="column" gap="3" align="start">
        <Text>
          {phase === 'Terminating'
            ? t('namespace.gone.deleted', { namespace: name, cluster })
            : t('namespace.gone.unknown', { namespace: name, cluster })}
        </Text>
        <ButtonLink variant="secondary" href={list.href}>
          {t('namespace.gone.back', { list: list.label })}
        </ButtonLink>
      </Flex>
    </div>
  );
}
