import { useState } from 'react';
import { Radio, RadioGroup, Text, TextField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress, RelatedObject } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ConfirmDialog, useNotify, useText } from '../../../kit';
import { kindOf } from '../kinds';
import { Lines } from '../parts';

const PROPAGATIONS = ['background', 'foreground', 'orphan'] as const;

type Propagation = (typeof PROPAGATIONS)[number];

/** Kinds whose deletion loses data or many other objects, and what it loses. */
const LOSSES = {
  'core/namespaces': 'namespace',
  'core/persistentvolumeclaims': 'claim',
  'core/persistentvolumes': 'volume',
  'apiextensions.k8s.io/customresourcedefinitions': 'definition',
} as const;

/** The most owned objects that are named. */
const MAX_NAMED = 10;

/** Asks before an object is deleted, and names what goes with it. */
export function DeleteDialog(props: {
  address: ObjectAddress;
  /** The kind, for people. */
  kind: string;
  uid: string;
  /** Undefined while unknown. */
  related?: RelatedObject[];
  onDeleted: () => void;
  onClose: () => void;
}) {
  const { address, kind, uid, related, onDeleted, onClose } = props;
  const { name } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [typed, setTyped] = useState('');
  const [propagation, setPropagation] = useState<Propagation>('background');
  const owned = related?.filter(({ relation }) => relation === 'owned') ?? [];
  const loss = LOSSES[kindOf(address) as keyof typeof LOSSES];
  return (
    <ConfirmDialog
      title={t('object.delete.title', { kind, name })}
      action={t('object.delete.action')}
      failed={t('object.delete.failed')}
      disabledReason={
        loss && typed !== name ? t('object.delete.typeFirst') : undefined
      }
      onConfirm={async () => {
        await api.deleteObject(address, { uid, propagation });
        notify({ message: t('object.delete.done', { kind, name }) });
        onDeleted();
      }}
      onClose={onClose}
    >
      <Text>
        {loss
          ? t(`object.delete.loss.${loss}`)
          : t('object.delete.consequence')}
      </Text>
      {owned.length > 0 && (
        <>
          <div>
            <Text>
              {propagation === 'orphan'
                ? t('object.delete.stays', { count: owned.length })
                : t('object.delete.goes', { count: owned.length })}
            </Text>
            <Lines
              items={[
                ...owned
                  .slice(0, MAX_NAMED)
                  .map(one => `${one.kind} ${one.name}`),
                ...(owned.length > MAX_NAMED
                  ? [
                      t('object.delete.more', {
                        count: owned.length - MAX_NAMED,
                      }),
                    ]
                  : []),
              ]}
            />
          </div>
          <RadioGroup
            label={t('object.delete.propagation')}
            value={propagation}
            onChange={value => setPropagation(value as Propagation)}
          >
            {PROPAGATIONS.map(one => (
              <Radio key={one} value={one}>
                {t(`object.delete.${one}`)}
              </Radio>
            ))}
          </RadioGroup>
        </>
      )}
      {loss && (
        <TextField
          label={t('object.delete.type', { name })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
      )}
    </ConfirmDialog>
  );
}
