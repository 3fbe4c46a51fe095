import { useState } from 'react';
import { Flex, Radio, RadioGroup, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ConfirmDialog,
  ToneText,
  useNotify,
  useText,
} from '../../../kit';
import { useGroupTitles } from '../../../kit/hooks';
import { GroupPicker, UserPicker } from '../../../kit/pickers';
import { Section } from '../../../kit/Section';

const KINDS = ['user', 'group'] as const;

type OwnerKind = (typeof KINDS)[number];

/** Gives a namespace to another person or group. */
export function TransferSection(props: {
  namespace: ManagedNamespace;
  /** Entity refs of the groups that the cluster is shared with; undefined while unknown. */
  sharedWith?: string[];
  onChanged: () => Promise<void>;
}) {
  const { namespace, sharedWith, onChanged } = props;
  const { cluster, name } = namespace;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [kind, setKind] = useState<OwnerKind>('user');
  const [owner, setOwner] = useState<string>();
  // The dialog gives away the namespace as it was when the dialog opened.
  const [asking, setAsking] = useState<{ owner: string; former?: string }>();
  const titleOf = useGroupTitles(
    [owner, namespace.owner].filter(one => one !== undefined),
  );
  const Picker = kind === 'user' ? UserPicker : GroupPicker;

  return (
    <Section title={t('namespace.transfer.title')}>
      <Flex direction="column" gap="3" align="start">
        <Text color="secondary">{t('namespace.transfer.description')}</Text>
        <RadioGroup
          label={t('namespace.transfer.kind')}
          orientation="horizontal"
          value={kind}
          onChange={chosen => {
            setKind(chosen as OwnerKind);
            setOwner(undefined);
          }}
        >
          {KINDS.map(one => (
            <Radio key={one} value={one}>
              {t(`namespace.transfer.${one}`)}
            </Radio>
          ))}
        </RadioGroup>
        <Picker
          key={kind}
          label={t('namespace.transfer.owner')}
          value={owner}
          onChange={setOwner}
        />
        <ActionButton
          variant="secondary"
          disabledReason={refusal()}
          onPress={() => owner && setAsking({ owner, former: namespace.owner })}
        >
          {t('namespace.transfer.action')}
        </ActionButton>
      </Flex>
      {asking && (
        <ConfirmDialog
          title={t('namespace.transfer.confirmTitle', {
            namespace: name,
            owner: titleOf(asking.owner),
          })}
          action={t('namespace.transfer.confirm')}
          failed={t('namespace.transfer.failed')}
          onConfirm={async () => {
            await api.transferNamespace(
              { cluster, namespace: name },
              { owner: asking.owner },
            );
            notify({
              message: t('namespace.transfer.done', {
                namespace: name,
                cluster,
                owner: titleOf(asking.owner),
              }),
            });
            setOwner(undefined);
            await onChanged();
          }}
          onClose={() => setAsking(undefined)}
        >
          <Text as="p">
            {t('namespace.transfer.effect', {
              namespace: name,
              cluster,
              owner: titleOf(asking.owner),
            })}
          </Text>
          {!isPerson(asking.owner) && !isPerson(asking.former) && (
            <Text as="p">
              {t('namespace.transfer.effectNoRole', {
                owner: titleOf(asking.owner),
              })}
            </Text>
          )}
          {!isPerson(asking.owner) &&
            sharedWith?.includes(asking.owner) === false && (
              <ToneText as="p" tone="warning">
                {t('grants.notShared', {
                  cluster,
                  group: titleOf(asking.owner),
                })}
              </ToneText>
            )}
          {asking.former && asking.former !== asking.owner && (
            <Text as="p">
              {t(
                isPerson(asking.former)
                  ? 'namespace.transfer.effectFormer'
                  : 'namespace.transfer.effectFormerGroup',
                { owner: titleOf(asking.former) },
              )}
            </Text>
          )}
        </ConfirmDialog>
      )}
    </Section>
  );

  function refusal(): string | undefined {
    if (!owner) {
      return t('namespace.transfer.missing');
    }
    // A person who was created again in the catalog has the same name, and is not the owner.
    return owner === namespace.owner && !isPerson(owner)
      ? t('namespace.transfer.same')
      : undefined;
  }
}

function isPerson(owner = ''): boolean {
  return owner.startsWith('user:');
}
