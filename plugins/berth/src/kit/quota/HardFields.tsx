import { useState } from 'react';
import {
  Button,
  ButtonIcon,
  Flex,
  Select,
  Text,
  TextField,
} from '@backstage/ui';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { formatAmount, useResourceLabel } from '.';
import { ToneText, useText } from '..';
import styles from './quotaFields.module.css';
import { problemsOf, QuotaForm } from './quotaForm';

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

/** Edits the limits, one line for each resource, with the usage. */
export function HardFields(props: {
  form: QuotaForm;
  used?: Record<string, string>;
  /** Whether the namespace does not exist yet. */
  nothingUsed?: boolean;
  onChange: (form: QuotaForm) => void;
}) {
  const { form, used, nothingUsed, onChange } = props;
  const t = useText();
  const labelOf = useResourceLabel();
  const problems = problemsOf(form);
  // Custom amounts are no longer a size class.
  const change = (hard: Record<string, string>) =>
    onChange({ ...form, hard, sizeClass: '' });
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('quotas.editor.hard')}</legend>
      <Text as="p" variant="body-small" color="secondary">
        {t('quotas.editor.hardHint')}
      </Text>
      {Object.entries(form.hard).map(([resource, amount]) => (
        <div key={resource} className={styles.line}>
          <TextField
            className={styles.amount}
            label={labelOf(resource)}
            description={usedText(resource)}
            size="small"
            value={amount}
            isInvalid={resource in problems}
            onChange={typed => change({ ...form.hard, [resource]: typed })}
            autoComplete="off"
          />
          <ButtonIcon
            variant="tertiary"
            icon={<RiCloseLine />}
            aria-label={t('quotas.editor.remove', {
              resource: labelOf(resource),
            })}
            onPress={() => {
              const { [resource]: removed, ...rest } = form.hard;
              change(rest);
            }}
          />
          {resource in problems && (
            <ToneText
              as="p"
              variant="body-small"
              tone="danger"
              className={styles.problem}
            >
              {t(`quotas.editor.error.${problems[resource]}`, {
                value: amount.trim(),
              })}
            </ToneText>
          )}
        </div>
      ))}
      <Flex>
        <AddResource
          taken={Object.keys(form.hard)}
          onAdd={resource => change({ ...form.hard, [resource]: '' })}
        />
      </Flex>
    </fieldset>
  );

  function usedText(resource: string): string | undefined {
    if (nothingUsed) {
      return undefined;
    }
    return used?.[resource] === undefined
      ? t('quotas.editor.usedUnknown')
      : t('quotas.editor.usedNow', {
          used: formatAmount(resource, used[resource]),
        });
  }
}
