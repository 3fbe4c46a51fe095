import { Select } from '@backstage/ui';
import { useSizeClasses } from '../../../kit/hooks';
import { useSizeText } from '../../../kit/quota';
import { useText } from '../../../kit';

const NONE = 'none';

/** Chooses the preset for the quota; without one the namespace is unbounded. */
export function SizeField(props: {
  /** Empty for none. */
  sizeClass: string;
  onChange: (sizeClass: string) => void;
}) {
  const { sizeClass, onChange } = props;
  const t = useText();
  const textOf = useSizeText();
  const classes = useSizeClasses().value ?? [];
  return (
    <Select
      label={t('newNamespace.size')}
      value={sizeClass || NONE}
      onChange={key => onChange(key === NONE ? '' : String(key))}
      options={[
        {
          id: NONE,
          label: t('newNamespace.noQuota'),
          description: t('newNamespace.noQuotaHint'),
        },
        ...classes.map(preset => ({
          id: preset.name,
          label: preset.title ?? preset.name,
          description: textOf(preset),
        })),
      ]}
    />
  );
}
