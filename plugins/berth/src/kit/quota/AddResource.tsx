import { useState } from 'react';
import { Button, Select, TextField } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useResourceLabel } from '.';
import { useText } from '..';
import styles from './quotaFields.module.css';

const OFFERED = [
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
  'requests.storage',
  'persistentvolumeclaims',
  'pods',
  'requests.nvidia.com/gpu',
  'requests.amd.com/gpu',
  'requests.ephemeral-storage',
  'limits.ephemeral-storage',
  'services.loadbalancers',
  'services.nodeports',
  'secrets',
  'configmaps',
];
const OTHER = 'other';

/** Adds a bound on one more resource: a common one, or any by its name. */
export function AddResource(props: {
  taken: string[];
  onAdd: (resource: string) => void;
}) {
  const { taken, onAdd } = props;
  const t = useText();
  const labelOf = useResourceLabel();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const typed = name.trim();
  const isTaken = taken.includes(typed);
  return (
    <div className={styles.line}>
      <Select
        className={styles.amount}
        label={t('quotas.editor.addResource')}
        placeholder={t('quotas.editor.resource')}
        value={naming ? OTHER : null}
        onChange={key => {
          setNaming(key === OTHER);
          if (key !== null && key !== OTHER) {
            onAdd(String(key));
          }
        }}
        options={[
          ...OFFERED.filter(resource => !taken.includes(resource)).map(
            resource => ({ id: resource, label: labelOf(resource) }),
          ),
          { id: OTHER, label: t('quotas.editor.otherResource') },
        ]}
      />
      {naming && (
        <>
          <TextField
            className={styles.amount}
            label={t('quotas.editor.resourceName')}
            description={
              isTaken
                ? t('quotas.editor.error.taken', { resource: typed })
                : t('quotas.editor.resourceNameHint')
            }
            size="small"
            value={name}
            onChange={setName}
            isInvalid={isTaken}
            autoComplete="off"
          />
          <Button
            variant="secondary"
            iconStart={<RiAddLine />}
            isDisabled={!typed || isTaken}
            onPress={() => {
              onAdd(typed);
              setName('');
              setNaming(false);
            }}
          >
            {t('quotas.editor.add')}
          </Button>
        </>
      )}
    </div>
  );
}
