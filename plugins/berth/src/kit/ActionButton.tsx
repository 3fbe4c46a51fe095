import { Button, ButtonProps, Tooltip, TooltipTrigger } from '@backstage/ui';
import styles from './common.module.css';
import { useAccess } from './hooks';
import { useText } from './useText';

/**
 * A button that explains why it is disabled. It stays focusable, so that keyboard and screen reader reach the
 * reason. It is the same element in both states, so that it keeps the focus when a press disables it.
 */
export function ActionButton({
  disabledReason,
  ...props
}: Omit<ButtonProps, 'isDisabled' | 'className'> & {
  disabledReason?: string;
}) {
  const { variant, destructive } = props;
  const className = [
    destructive && variant !== 'primary' && styles.destructive,
    disabledReason && styles.disabledAction,
  ];
  return (
    <TooltipTrigger delay={100} isDisabled={!disabledReason}>
      <Button
        {...props}
        className={className.filter(Boolean).join(' ')}
        {...(disabledReason && {
          onPress: undefined,
          type: 'button',
          'aria-disabled': 'true',
        })}
      />
      <Tooltip>{disabledReason}</Tooltip>
    </TooltipTrigger>
  );
}

/** Returns why the reader of a page cannot change it; undefined for platform admins. */
export function useReadOnlyReason(): string | undefined {
  const t = useText();
  const { value: access } = useAccess();
  return access?.admin ? undefined : t('common.readOnly');
}
