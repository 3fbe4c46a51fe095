import { useMemo } from 'react';
import { useSizeClasses } from '../../kit/hooks';
import { useText } from '../../kit';
import { useBoundsText } from '../../kit/quota';
import { PickerField, PickerProps } from './PickerField';

/** One of `berth.sizeClasses`, with what each bounds. */
export function BerthSizeClassPicker(props: PickerProps) {
  const t = useText();
  const boundsOf = useBoundsText();
  const { value, ...loaded } = useSizeClasses();
  const options = useMemo(
    () =>
      value?.map(({ name, title, description, hard }) => ({
        id: name,
        label: title ?? name,
        description: [description, boundsOf(hard)].filter(Boolean).join(': '),
      })),
    [value, boundsOf],
  );
  return (
    <PickerField
      field={props}
      label={t('picker.sizeClass')}
      placeholder={t('picker.chooseSizeClass')}
      emptyText={t('picker.noSizeClass')}
      loaded={{ ...loaded, value: options }}
    />
  );
}
