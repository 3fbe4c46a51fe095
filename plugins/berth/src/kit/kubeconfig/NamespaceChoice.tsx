import { Flex, Select, Text } from '@backstage/ui';
import { Share } from '@berth/plugin-berth-common';
import { ToneText, useText } from '..';

/** Chooses the namespace in which kubectl works. */
export function NamespaceChoice(props: {
  shares: Share[];
  /** A namespace to offer even if no share has it. */
  given?: string;
  chosen?: string;
  onChoose: (namespace: string) => void;
}) {
  const { shares, given, chosen, onChoose } = props;
  const t = useText();
  const names = [
    ...new Set([
      ...(given === undefined ? [] : [given]),
      ...shares.map(({ namespace }) => namespace),
    ]),
  ];
  if (names.length === 0) {
    return <Text color="secondary">{t('kubeconfig.noNamespace')}</Text>;
  }
  const share = shares.find(({ namespace }) => namespace === chosen);
  return (
    <Flex direction="column" gap="2">
      {names.length === 1 ? (
        <Text>{t('kubeconfig.inNamespace', { namespace: chosen ?? '' })}</Text>
      ) : (
        <Select
          label={t('kubeconfig.namespace')}
          value={chosen}
          onChange={key => onChoose(String(key))}
          options={names.map(name => ({ id: name, label: name }))}
        />
      )}
      {share && share.state !== 'Ready' && (
        <ToneText tone="warning">
          {t('kubeconfig.notReady', { namespace: share.namespace })}
        </ToneText>
      )}
    </Flex>
  );
}
