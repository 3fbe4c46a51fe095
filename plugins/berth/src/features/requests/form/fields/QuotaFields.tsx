import { useEffect, useRef } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { NodePlacement } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../../api';
import { untilLoaded, usePolled } from '../../../../kit/query';
import {
  formatAmount,
  useResourceLabel,
  useUseText,
  usesOf,
} from '../../../../kit/quota';
import {
  DefaultFields,
  HardFields,
  PlacementNote,
  QuotaForm,
  SizeClassSelect,
  formOf,
  placementIn,
  usualSizeOf,
} from '../../../../kit/quota';
import { Facts, ProblemAlert, useText } from '../../../../kit';
import { FormField } from '../../../../kit/form';
import { RequestFormState } from '../requestForm';

/** Chooses the quota of the namespace: a size, or custom amounts. */
export function QuotaFields({ form }: { form: RequestFormState }) {
  const { kind, quota } = form.values;
  const t = useText();
  const start = useQuotaStart(form);
  return (
    <FormField form={form} name="quota">
      {({ onChange, isInvalid }) => (
        <Flex direction="column" gap="4" data-problem={isInvalid || undefined}>
          <SizeClassSelect form={quota} onChange={onChange} />
          <PlacementNote
            before={kind === 'quota' ? start.placement : undefined}
            quota={quota}
          />
          {quota.sizeClass ? (
            <SizeSummary quota={quota} used={start.used} />
          ) : (
            <>
              <HardFields
                form={quota}
                used={start.used}
                nothingUsed={kind === 'namespace'}
                onChange={onChange}
              />
              <Accordion>
                <AccordionTrigger
                  title={t('requestForm.defaults')}
                  subtitle={t('requestForm.defaultsHint')}
                />
                <AccordionPanel>
                  <DefaultFields form={quota} onChange={onChange} />
                </AccordionPanel>
              </Accordion>
            </>
          )}
          {start.error !== undefined && <ProblemAlert error={start.error} />}
        </Flex>
      )}
    </FormField>
  );
}

/** Shows the bounds of a size; custom amounts are under Custom. */
function SizeSummary(props: {
  quota: QuotaForm;
  used?: Record<string, string>;
}) {
  const { quota, used } = props;
  const t = useText();
  const labelOf = useResourceLabel();
  const textOf = useUseText();
  return (
    <Flex direction="column" gap="2">
      <Facts
        items={usesOf({ hard: quota.hard, used }).map(use => ({
          label: labelOf(use.resource),
          value:
            use.used === undefined
              ? formatAmount(use.resource, use.hard)
              : textOf(use),
        }))}
      />
      <Text as="p" variant="body-small" color="secondary">
        {t('requestForm.customHint')}
      </Text>
    </Flex>
  );
}

interface QuotaStart {
  /** Undefined while not chosen. */
  place?: string;
  form?: QuotaForm;
  used?: Record<string, string>;
}

/**
 * Fills the form with the quota of an existing namespace, or with the usual size for a new one. The values of a
 * draft stay.
 */
function useQuotaStart(form: RequestFormState): {
  used?: Record<string, string>;
  /** The nodes that the namespace has now. */
  placement?: NodePlacement;
  error?: unknown;
} {
  const { kind, cluster, namespace, quota } = form.values;
  const { change } = form;
  const api = useApi(berthApiRef);
  const isNew = kind === 'namespace';
  const place = isNew ? 'new' : `${cluster}/${namespace}`;
  const isPlace = isNew || Boolean(cluster && namespace);
  const isEmpty = Object.keys(quota.hard).length === 0;
  const begunFor = useRef(isEmpty ? undefined : place);

  const { value, error } = usePolled({
    key: ['quotaStart', isNew, place],
    load: async (): Promise<QuotaStart> => {
      const [address, name] = place.split('/');
      if (!isPlace) {
        return {};
      }
      if (isNew) {
        const usual = usualSizeOf((await api.listSizeClasses()).items);
        return {
          place,
          form: usual && { ...formOf(usual), sizeClass: usual.name },
        };
      }
      const found = await api.getNamespace({
        cluster: address,
        namespace: name,
      });
      return { place, form: formOf(found.quota), used: found.quota?.used };
    },
    every: untilLoaded,
  });

  useEffect(() => {
    if (value && value.place !== begunFor.current) {
      begunFor.current = value.place;
      if (value.place !== undefined) {
        change({ quota: value.form ?? formOf() });
      }
    }
    // Only newly loaded data fills the form automatically.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [value]);

  return {
    used: value?.used,
    placement: value?.form && placementIn(value.form),
    ...(error !== undefined && { error }),
  };
}
