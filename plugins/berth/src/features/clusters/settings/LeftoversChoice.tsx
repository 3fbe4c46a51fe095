import { Alert, Checkbox, Flex, Text } from '@backstage/ui';
import { ClusterLeftovers, Leftover } from '@berth/plugin-berth-common';
import { CodeBlock, useText } from '../../../kit';

const LIST_HEIGHT = 140;

/** What Berth made on the cluster and would leave there, and whether to delete what can be. */
export function LeftoversChoice(props: {
  leftovers: ClusterLeftovers;
  cleanUp: boolean;
  onCleanUp: (cleanUp: boolean) => void;
}) {
  const { leftovers, cleanUp, onCleanUp } = props;
  const t = useText();
  const { items, reachable, message } = leftovers;
  const removable = items.filter(({ fate }) => fate === 'Removable');
  const kept = items.filter(({ fate }) => fate === 'Kept');
  if (items.length === 0) {
    return <Text color="secondary">{t('remove.leftovers.none')}</Text>;
  }
  return (
    <Flex direction="column" gap="2">
      {removable.length > 0 && (
        <>
          <Checkbox
            isSelected={cleanUp && reachable}
            isDisabled={!reachable}
            onChange={onCleanUp}
          >
            {t('remove.leftovers.cleanUp', { count: removable.length })}
          </Checkbox>
          <CodeBlock
            text={linesOf(removable)}
            label={t('remove.leftovers.removable')}
            maxHeight={LIST_HEIGHT}
          />
        </>
      )}
      {!reachable && (
        <Alert
          status="warning"
          icon
          title={t('remove.leftovers.unreachable')}
          description={message}
        />
      )}
      {kept.length > 0 && (
        <>
          <Text>{t('remove.leftovers.kept', { count: kept.length })}</Text>
          <CodeBlock
            text={linesOf(kept)}
            label={t('remove.leftovers.keptList')}
            maxHeight={LIST_HEIGHT}
          />
        </>
      )}
    </Flex>
  );
}

function linesOf(items: Leftover[]): string {
  return items
    .map(({ kind, namespace, name }) =>
      namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`,
    )
    .join('\n');
}
