import { Button, ButtonProps, Tooltip, TooltipTrigger } from '@backstage/ui';
import styles from './common.module.css';

/**
 * A button that, when it cannot be used, says why. It stays focusable then, so that the reason can be
 * reached by keyboard and screen reader too; and it is the same element in both states, so that who pressed
 * it keeps the focus when there is nothing left to do.
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
