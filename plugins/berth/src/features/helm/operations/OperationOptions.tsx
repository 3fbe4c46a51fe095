import { Checkbox, TextField } from '@backstage/ui';
import {
  HelmOperationKind,
  HelmOperationOptions,
} from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import styles from '../helm.module.css';

const MAX_DESCRIPTION = 200;

/** What a person chooses about how an operation runs. */
export function OperationOptions(props: {
  kind: HelmOperationKind;
  options: HelmOperationOptions;
  onChange: (options: HelmOperationOptions) => void;
}) {
  const { kind, options, onChange } = props;
  const t = useText();
  const hasChart = kind === 'install' || kind === 'upgrade';
  // An option that is off is absent, as for a person who never saw it.
  const change = <Name extends keyof HelmOperationOptions>(
    name: Name,
    value?: HelmOperationOptions[Name],
  ) => {
    const { [name]: _, ...others } = options;
    onChange(value ? { ...others, [name]: value } : others);
  };
  return (
    <div className={styles.stack}>
      {hasChart && (
        <Checkbox
          isSelected={options.rollbackOnFailure ?? false}
          onChange={value => change('rollbackOnFailure', value)}
        >
          {t(
            kind === 'install'
              ? 'helm.options.uninstallOnFailure'
              : 'helm.options.rollbackOnFailure',
          )}
        </Checkbox>
      )}
      {kind !== 'test' && (
        <Checkbox
          isSelected={options.noHooks ?? false}
          onChange={value => change('noHooks', value)}
        >
          {t('helm.options.noHooks')}
        </Checkbox>
      )}
      {kind === 'install' && (
        <Checkbox
          isSelected={options.skipCrds ?? false}
          onChange={value => change('skipCrds', value)}
        >
          {t('helm.options.skipCrds')}
        </Checkbox>
      )}
      {hasChart && (
        <TextField
          label={t('helm.options.description')}
          description={t('helm.options.descriptionHint')}
          value={options.description ?? ''}
          maxLength={MAX_DESCRIPTION}
          onChange={value => change('description', value.trimStart())}
        />
      )}
    </div>
  );
}
