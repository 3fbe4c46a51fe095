import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ChartPreset, HelmChartReference } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ActionMenu, ConfirmDialog, useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { inOneLine, pathText } from './fieldState';
import {
  AppliedChange,
  applyPreset,
  PresetChange,
  presetChanges,
  undoPreset,
} from './presetChanges';
import { readValues } from './valuesDocument';

/** For which chart and cluster presets are offered. */
export interface PresetPlace {
  chart: HelmChartReference;
  /** Empty until the person has chosen one. */
  cluster: string;
}

interface Applied {
  title: string;
  changes: readonly AppliedChange[];
}

/** Offers the presets of the portal. A chosen one shows what it changes before it does. */
export function Presets(props: {
  place: PresetPlace;
  text: string;
  isDisabled: boolean;
  onChange: (text: string) => void;
}) {
  const { place, text, isDisabled, onChange } = props;
  const t = useText();
  const presets = usePresets(place);
  const [chosen, setChosen] = useState<ChartPreset>();
  const [applied, setApplied] = useState<Applied[]>([]);
  const last = applied[applied.length - 1];
  if (presets.length === 0 && !last) {
    return null;
  }
  const read = readValues(text);
  const disabledReason =
    isDisabled || 'problem' in read ? t('helm.presets.fixFirst') : undefined;
  const changes =
    chosen && !('problem' in read)
      ? presetChanges(
          read,
          chosen.values,
          applied.flatMap(one => one.changes),
        )
      : [];
  return (
    <>
      <ActionMenu
        button={t('helm.presets.menu')}
        label={t('helm.presets.menu')}
        actions={presets.map(({ name, title }) => ({
          id: name,
          label: title,
          disabledReason,
        }))}
        onAction={id => setChosen(presets.find(({ name }) => name === id))}
      >
        {chosen && (
          <PresetDialog
            preset={chosen}
            changes={changes}
            onApply={() => {
              onChange(applyPreset(text, changes));
              setApplied([
                ...applied,
                {
                  title: chosen.title,
                  changes: changes.filter(({ isKept }) => !isKept),
                },
              ]);
            }}
            onClose={() => setChosen(undefined)}
          />
        )}
      </ActionMenu>
      <div role="status" className={styles.rowLinks}>
        {last && (
          <>
            <Text variant="body-small">
              {t('helm.presets.added', { preset: last.title })}
            </Text>
            <Button
              size="small"
              variant="secondary"
              isDisabled={disabledReason !== undefined}
              aria-label={t('helm.presets.undoOf', { preset: last.title })}
              onPress={() => {
                onChange(undoPreset(text, last.changes));
                setApplied(applied.slice(0, -1));
              }}
            >
              {t('helm.presets.undo')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function PresetDialog(props: {
  preset: ChartPreset;
  changes: readonly PresetChange[];
  onApply: () => void;
  onClose: () => void;
}) {
  const { preset, changes, onApply, onClose } = props;
  const t = useText();
  const column = {
    path: t('helm.preview.defaults.value'),
    yours: t('helm.presets.yours'),
    preset: t('helm.presets.ofPreset'),
    result: t('helm.presets.result'),
  };
  const code = (value: unknown) => (
    <span className={styles.code}>
      {value === undefined ? '–' : inOneLine(value)}
    </span>
  );
  return (
    <ConfirmDialog
      title={t('helm.presets.title', { preset: preset.title })}
      action={t('helm.presets.apply')}
      disabledReason={
        changes.some(({ isKept }) => !isKept)
          ? undefined
          : t('helm.presets.nothing')
      }
      isHarmless
      width={720}
      failed={t('helm.presets.failed')}
      onConfirm={async () => onApply()}
      onClose={onClose}
    >
      {preset.description !== undefined && (
        <Text as="p">{preset.description}</Text>
      )}
      <Text as="p" color="secondary">
        {t('helm.presets.yoursStay')}
      </Text>
      {changes.length === 0 ? (
        <Text as="p">{t('helm.presets.nothing')}</Text>
      ) : (
        <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
          {changes.map(({ path, value, yours, isKept }) => (
            <FoldingRow
              key={pathText(path)}
              header={<span className={styles.code}>{pathText(path)}</span>}
              cells={[
                { label: column.yours, content: code(yours) },
                { label: column.preset, content: code(value) },
                {
                  label: column.result,
                  content: t(`helm.presets.${kindOf(yours, isKept)}`),
                },
              ]}
            />
          ))}
        </FoldingTable>
      )}
    </ConfirmDialog>
  );
}

function kindOf(yours: unknown, isKept: boolean) {
  if (isKept) {
    return 'stays';
  }
  return yours === undefined ? 'adds' : 'replaces';
}

/** Nothing is offered while the presets are not known. */
function usePresets({ chart, cluster }: PresetPlace): ChartPreset[] {
  const api = useApi(berthApiRef);
  const { repository, name, version } = chart;
  const { value } = usePolled({
    key: ['chart presets', chart, cluster],
    load: async () => {
      const { items } = await api.listChartPresets(
        { repository, chart: name, version },
        cluster === '' ? {} : { cluster },
      );
      return items;
    },
    ignoresChanges: true,
  });
  return value ?? [];
}
