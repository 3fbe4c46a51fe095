import { useState } from 'react';
import { Alert, Checkbox, Select, Text, TextField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  isLabelValue,
  NodeMig,
  ObjectAddress,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ConfirmDialog, Loaded, useNotify, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import { Lines, ObjectLink } from '../parts';
import { Act } from './useObjectActions';

const INTERVAL = 10_000;
const PENDING = 'pending';

/** Changes how the GPUs of a node are divided, and lists the pods that must end for it. */
export function MigDialog(props: {
  address: ObjectAddress;
  act: (action: Act) => Promise<unknown>;
  onClose: () => void;
}) {
  const { address, act, onClose } = props;
  const { cluster, name } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const polled = usePolled({
    key: ['object', address, 'mig'],
    load: () => api.getNodeMig(cluster, name),
    every: INTERVAL,
  });
  const [config, setConfig] = useState('');
  const [cordon, setCordon] = useState(true);
  const [typed, setTyped] = useState('');
  const mig = polled.value;
  const wanted = config.trim();
  return (
    <ConfirmDialog
      title={t('object.mig.title', { name })}
      action={t('object.mig.action')}
      failed={t('object.mig.failed')}
      disabledReason={reasonOf()}
      onConfirm={async () => {
        await act({
          action: 'changeMig',
          config: wanted,
          ...(mig?.config !== undefined && { seen: mig.config }),
          ...(cordon && !mig?.cordoned && { cordon }),
        });
        notify({ message: t('object.mig.done', { name, config: wanted }) });
      }}
      onClose={onClose}
    >
      <Loaded
        polled={polled}
        title={t('object.mig.loadFailed')}
        render={loaded => (
          <>
            <Text>
              {t('object.mig.now', {
                config: loaded.config ?? t('object.none'),
                state: loaded.state ?? t('object.none'),
              })}
            </Text>
            {loaded.state === PENDING && (
              <Alert status="warning" icon title={t('object.mig.pending')} />
            )}
            <ConfigurationField
              mig={loaded}
              value={config}
              onChange={setConfig}
            />
            <GpuPods cluster={cluster} mig={loaded} />
            {!loaded.cordoned && (
              <Checkbox isSelected={cordon} onChange={setCordon}>
                {t('object.mig.cordon')}
              </Checkbox>
            )}
            <TextField
              label={t('object.mig.type', { name })}
              value={typed}
              onChange={setTyped}
              autoComplete="off"
            />
          </>
        )}
      />
    </ConfirmDialog>
  );

  function reasonOf(): string | undefined {
    if (!mig) {
      return t('common.loading');
    }
    if (wanted === '') {
      return t('object.mig.chooseFirst');
    }
    if (!isLabelValue(wanted)) {
      return t('object.mig.noLabel');
    }
    if (wanted === mig.config) {
      return t('object.mig.same');
    }
    return typed === name ? undefined : t('object.mig.typeFirst');
  }
}

/** Offers the configurations of the cluster, or takes any name if the person may not read them. */
function ConfigurationField(props: {
  mig: NodeMig;
  value: string;
  onChange: (value: string) => void;
}) {
  const { mig, value, onChange } = props;
  const t = useText();
  if (!mig.configurations?.length) {
    return (
      <TextField
        label={t('object.mig.config')}
        description={t('object.mig.unread', {
          problem:
            mig.configurationsProblem ?? t('object.mig.noConfigurations'),
        })}
        value={value}
        onChange={onChange}
        autoComplete="off"
      />
    );
  }
  return (
    <Select
      label={t('object.mig.config')}
      search
      value={value || null}
      onChange={key => onChange(String(key ?? ''))}
      options={mig.configurations.map(({ name, layouts }) => ({
        id: name,
        label: name,
        description: layouts
          .map(layout => layout || t('object.mig.off'))
          .join('; '),
      }))}
    />
  );
}

function GpuPods({ cluster, mig }: { cluster: string; mig: NodeMig }) {
  const t = useText();
  const { pods, podsProblem = '' } = mig;
  if (!pods) {
    return (
      <Alert
        status="warning"
        icon
        title={t('object.mig.podsUnknown')}
        description={podsProblem}
      />
    );
  }
  if (pods.length === 0) {
    return <Text>{t('object.mig.noPods')}</Text>;
  }
  return (
    <Alert
      status="warning"
      icon
      title={t('object.mig.pods', { count: pods.length })}
      description={
        <>
          <Text as="p">{t('object.mig.podsHint')}</Text>
          <Lines
            items={pods.map(({ namespace, name, owner, resources }) => (
              <>
                <ObjectLink
                  address={{
                    cluster,
                    group: 'core',
                    plural: 'pods',
                    namespace,
                    name,
                  }}
                >
                  {`${namespace}/${name}`}
                </ObjectLink>
                {` ${Object.entries(resources)
                  .map(([resource, amount]) => `${resource}: ${amount}`)
                  .join(', ')}`}
                {owner &&
                  ` · ${t('object.mig.owner', {
                    kind: owner.kind,
                    name: owner.name,
                  })}`}
              </>
            ))}
          />
        </>
      }
    />
  );
}
